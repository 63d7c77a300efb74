package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Restyling;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentResolverTest {

    /** Redraws contents by plain attention. */
    private static final class Redrawing implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return call -> Attention.plain().attend(call);
        }

        @Override
        public Optional<Restyling> restyling() {
            return Optional.of(new Restyling(true, false));
        }
    }

    @TempDir
    private Path folder;

    private final TestStudio fakes = new TestStudio();
    private Path style;
    private Path small;
    private Path large;

    @BeforeEach
    void images() throws IOException {
        style = image("style.png", 40, 40);
        small = image("small.png", 67, 50);
        large = image("large.png", 400, 200);
        fakes.plugins.bind(
                PluginKind.ATTENTION,
                fakes.plugins.factoryOf(new Redrawing()),
                FakePlugins.withoutOptions("redraw", 5));
    }

    private Path image(String name, int width, int height) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file;
    }

    private SetRequestBuilder redrawing(Path... contents) {
        return SetRequest.builder()
                .attention("redraw")
                .seed(7L)
                .references(new ReferenceFile(style.toString(), "", 1, null))
                .contents(List.of(contents).stream()
                        .map(file -> ImageFile.of(file.toString()))
                        .toList());
    }

    private SetRequest resolve(SetRequestBuilder request) {
        return fakes.studio().resolve(request.build());
    }

    /** The fake model is square with 128 pixels, and sides are multiples of its factor of 4. */
    @Test
    void eachContentIsAnImageOfItsOwnSize() {
        SetRequest resolved = resolve(redrawing(small, large));

        assertEquals(
                List.of(new SetItem("", 8L, 64, 48, Map.of()), new SetItem("", 9L, 180, 88, Map.of())),
                resolved.items());
        assertEquals(64, resolved.references().contents().get(0).sha256().length());
        assertEquals(1, resolved.sampling().cfgScale());
        assertEquals(1, resolved.inversion().cfgScale());
        assertEquals(0, resolved.inversion().offset());
        assertEquals(resolved, resolve(resolved.toBuilder()));
    }

    @Test
    void keepsPromptsSizesAndScales() {
        SetRequest resolved = resolve(redrawing(small, large)
                .prompts("a cup", "")
                .width(96)
                .height(64)
                .cfgScale(3));

        assertEquals(
                List.of(new SetItem("a cup", 8L, 96, 64, Map.of()), new SetItem("", 9L, 96, 64, Map.of())),
                resolved.items());
        assertEquals(3, resolved.sampling().cfgScale());
    }

    @Test
    void namesWhatDoesNotGoTogether() {
        assertRefused(
                "There are 1 prompts for 2 content images",
                redrawing(small, large).prompts("a cup"));
        assertRefused("exactly one --reference, not 0", redrawing(small).references());
        ReferenceFile one = new ReferenceFile(style.toString(), "", 1, null);
        assertRefused("exactly one --reference, not 2", redrawing(small).references(one, one));
        assertRefused("the inversion-offset must be 0, not 3", redrawing(small).inversionOffset(3));
        assertRefused("omit --init-image", redrawing(small).initImages(ImageFile.of(style.toString())));
        assertRefused("omit --panorama", redrawing(small).panorama(true));
        assertRefused("absent.png: no such file", redrawing(folder.resolve("absent.png")));
        assertRefused(
                "give at least one with --content",
                redrawing()
                        .references(new ReferenceFile(style.toString(), "a tile", 1, null))
                        .prompts("a cup"));
        assertRefused("redraws no content images", redrawing(small).attention("shared"));
    }

    private void assertRefused(String sentence, SetRequestBuilder request) {
        AtelierException fault = assertThrows(AtelierException.class, () -> resolve(request));
        assertTrue(fault.getMessage().contains(sentence), fault.getMessage());
    }
}
