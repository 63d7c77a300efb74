package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.window.WindowGrid;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Panoramas of sketchbook, whose windows have 128 pixels and whose factor is 4. */
class PanoramaResolverTest {

    private static final String TILE = "src/test/resources/pictures/rgb.png";

    private final TestStudio fakes = new TestStudio();
    private final RequestResolver resolver = new RequestResolver(
            new FakeLibrary(),
            fakes.plugins.registries(),
            fakes.contexts.resolver(),
            fakes.controls.resolver(),
            new FixedDevices("cpu", 0),
            new AutomaticChunk(16L << 30),
            () -> 4711);

    private static SetRequestBuilder street() {
        return SetRequest.builder()
                .prompts("a village street", "a harbour")
                .panorama(true)
                .width(384)
                .height(128);
    }

    private SetRequest resolve(SetRequestBuilder request) {
        try (OpenedSet set = resolver.open(request.build(), TestStudio.INPUTS)) {
            return set.request();
        }
    }

    private String faultsOf(SetRequestBuilder request) {
        return assertThrows(AtelierException.class, () -> resolve(request)).getMessage();
    }

    private List<String> notes(SetRequestBuilder request) {
        try (OpenedSet set = resolver.open(request.build(), TestStudio.INPUTS)) {
            return set.unusedValues();
        }
    }

    private static List<String> sizes(SetRequest request) {
        return request.items().stream()
                .map(item -> item.width() + "x" + item.height())
                .toList();
    }

    /** As the shared group normalisations of the panorama notebook of google/style-aligned. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void theDefaultsOfPanoramasApplyToEveryFamily(String model) {
        Path folder = Path.of(System.getProperty("atelier.fixtures")).resolve(model);
        SetRequestBuilder request =
                SetRequest.builder().prompts("a village street", "a harbour").model(folder.toString());
        assertEquals(1.0, resolve(request).sharing().attentionOptions().get("score-scale"));

        request.panorama(true).width(512).height(256);
        assertEquals(0.75, resolve(request).sharing().attentionOptions().get("score-scale"));
        request.attentionOption("score-scale", 2.0);
        assertEquals(2.0, resolve(request).sharing().attentionOptions().get("score-scale"));
    }

    @Test
    void theReferenceHasTheSizeOfTheModel() {
        SetRequest resolved = resolve(street());

        assertEquals(List.of("128x128", "384x128"), sizes(resolved));
        assertEquals(384, resolved.sampling().width());
        assertEquals(32, resolved.panorama().stride());
        assertEquals(8, resolved.execution().chunk(), "windows, not images");
        assertEquals(resolved, resolve(resolved.toBuilder()));
        assertEquals(
                List.of("128x128", "512x128"),
                sizes(resolve(resolved.toBuilder().items(resolved.openItems()).width(512))));
    }

    @Test
    void everyImageIsAPanoramaIfNoneIsTheReference() {
        assertEquals(List.of("384x128", "384x128"), sizes(resolve(street().attention("none"))));
        assertEquals(List.of("384x128"), sizes(resolve(street().prompts("a harbour"))));
        assertEquals(
                List.of("384x128", "384x128"),
                sizes(resolve(street().references(new ReferenceFile(TILE, "a tile", 1, null)))));
    }

    @Test
    void windowsAreThoseOfTheModel() {
        try (OpenedSet set =
                resolver.open(street().panoramaStride(16).panoramaCircular(true).build(), TestStudio.INPUTS)) {
            assertNull(PanoramaResolver.grid(set, 0));
            assertEquals(new WindowGrid(32, 32, 4, true), PanoramaResolver.grid(set, 1));
            assertEquals(
                    List.of(128, 128),
                    List.of(PanoramaResolver.referenceWidth(set), PanoramaResolver.referenceHeight(set)));
        }
        try (OpenedSet set = resolver.open(street().panorama(false).build(), TestStudio.INPUTS)) {
            assertNull(PanoramaResolver.grid(set, 1));
            assertEquals(384, PanoramaResolver.referenceWidth(set));
        }
    }

    @Test
    void refusesPanoramasThatAreSmallerThanAWindow() {
        assertEquals(
                "Image 1 (a harbour): A panorama is at least as large as its windows, 128x128, the model's own size, not 384x64; choose a larger size, or omit --panorama.",
                faultsOf(street().height(64)));
    }

    @Test
    void refusesAReferenceOfAnotherSize() {
        assertEquals(
                "Image 0 (a street): In a set of panoramas the reference of the others has the model's own size, 128x128; omit its size.",
                faultsOf(street().items(
                                List.of(new SetItem("a street", null, 384, 128, Map.of()), SetItem.of("a harbour")))));
    }

    @ParameterizedTest
    @CsvSource({"7", "0", "-4", "132"})
    void refusesStridesThatDoNotFit(int stride) {
        assertEquals(
                "The panorama-stride must be a multiple of 4 from 4 to 128, the size of a window, not %d."
                        .formatted(stride),
                faultsOf(street().panoramaStride(stride)));
    }

    @Test
    void namesWhatHasNoEffect() {
        assertEquals(
                List.of("The set has no panorama, so panorama-stride and panorama-circular have no effect."),
                notes(street().panorama(false).panoramaStride(16).panoramaCircular(true)));
        assertEquals(
                List.of(
                        "No image is larger than the model's own size, 128x128, so panorama has no effect; choose a larger size."),
                notes(street().width(128)));
        assertEquals(
                List.of("No image is wider than the model's own size, 128, so panorama-circular has no effect."),
                notes(street().width(128).height(256).panoramaCircular(true)));
        assertEquals(List.of(), notes(street().panoramaCircular(true)));
    }
}
