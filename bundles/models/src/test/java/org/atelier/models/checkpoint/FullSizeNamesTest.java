package org.atelier.models.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.AtelierException;
import org.atelier.models.naming.LdmAutoencoderNaming;
import org.atelier.models.naming.LdmUNetNaming;
import org.atelier.models.naming.OpenClipNaming;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and shapes of the published models, made by checkpoint_fixtures.py, map without remainder. */
class FullSizeNamesTest {

    private static final Path FILE = Path.of("model.safetensors");
    private static final int SD2_LAYERS = 23;

    @ParameterizedTest
    @CsvSource({
        "stable-diffusion-1, SD1, 686, 4",
        "stable-diffusion-2, SD2, 686, 4",
        "stable-diffusion-xl, SDXL, 1680, 4",
        "stable-diffusion-1-inpainting, SD1, 686, 9",
    })
    void mapWithoutRemainder(String listing, Architecture architecture, int unetTensors, int channels)
            throws IOException {
        Map<String, Map<String, List<Long>>> expected = FullSizeListings.read(listing);
        PartSorter sorted = PartSorter.of(FILE, entries(expected.remove("file")));
        UNetFacts unet = UNetFacts.of(FILE, sorted.parts().get("unet").originalTensors());

        assertEquals(architecture, new ArchitectureCheck(FILE, sorted, unet).architecture());
        assertTrue(architecture.isPublished(unet.textChannels()));
        assertEquals(channels, unet.inputChannels());
        assertEquals(Map.of(), sorted.ignored());
        assertEquals(unetTensors, expected.get("unet").size());
        assertEquals(expected.keySet(), sorted.parts().keySet());
        expected.forEach((component, tensors) ->
                assertEquals(tensors, shapes(sorted.parts().get(component), component), component));
    }

    @ParameterizedTest
    @CsvSource({"stable-diffusion-1", "stable-diffusion-2", "stable-diffusion-xl", "stable-diffusion-1-inpainting"})
    void mapBack(String listing) throws IOException {
        Map<String, Map<String, List<Long>>> expected = FullSizeListings.read(listing);
        Map<String, CheckpointPart> parts =
                PartSorter.of(FILE, entries(expected.get("file"))).parts();
        LdmUNetNaming unet = LdmUNetNaming.of(parts.get("unet").tensors().keySet());
        LdmAutoencoderNaming vae =
                LdmAutoencoderNaming.of(parts.get("vae").tensors().keySet());

        for (String name : expected.get("unet").keySet()) {
            String original = unet.originalName(name).orElseThrow();
            assertTrue(parts.get("unet").tensors().containsKey(original), original);
            assertEquals(name, unet.diffusersName(original).orElseThrow());
        }
        for (String name : expected.get("vae").keySet()) {
            String original = vae.originalName(name).orElse(name);
            assertTrue(parts.get("vae").tensors().containsKey(original), original);
            assertEquals(name, vae.diffusersName(original).orElse(original));
        }
        for (Map.Entry<String, CheckpointPart> text : parts.entrySet()) {
            if (text.getValue().form() == CheckpointPart.Form.OPEN_CLIP) {
                for (String name : expected.get(text.getKey()).keySet()) {
                    String original = OpenClipNaming.originalName(name).orElseThrow();
                    assertTrue(text.getValue().tensors().containsKey(original), original);
                }
            }
        }
    }

    @Test
    void theRefinerIsRefusedByName() throws IOException {
        PartSorter sorted = PartSorter.of(
                FILE,
                entries(FullSizeListings.read("stable-diffusion-xl-refiner").get("file")));
        UNetFacts unet = UNetFacts.of(FILE, sorted.parts().get("unet").originalTensors());
        AtelierException fault =
                assertThrows(AtelierException.class, () -> new ArchitectureCheck(FILE, sorted, unet).architecture());
        assertTrue(fault.getMessage().contains("the refiner of Stable Diffusion XL"), fault.getMessage());
    }

    private static Map<String, List<Long>> shapes(CheckpointPart part, String component) {
        Map<String, List<Long>> shapes = new TreeMap<>();
        part.networkTensors(FILE, component.equals("text_encoder") ? SD2_LAYERS : 99, component.endsWith("2"))
                .forEach(entry -> shapes.put(entry.name(), entry.shape()));
        return shapes;
    }

    private static Map<String, TensorEntry> entries(Map<String, List<Long>> shapes) {
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            long bytes = 2 * shape.stream().reduce(1L, (a, b) -> a * b);
            entries.put(name, new TensorEntry(name, StoredType.F16, shape, 0, bytes));
        });
        return entries;
    }
}
