package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.Test;

/** The set in the README, fifty steps of the sketchbook model, against the reference images. */
class SketchbookSetTest {

    /** The reference images themselves differ by one level of 255 between float32 and float64. */
    private static final int LEVELS = 1;

    /** The reference and one in its style, or all four. */
    @Test
    void aligned() throws IOException {
        assertGenerated("shared", ReferenceCases.all() ? 4 : 2, Strategies.shared());
    }

    /** One or two images only, since unaligned images do not depend on each other. */
    @Test
    void unaligned() throws IOException {
        assertGenerated("none", ReferenceCases.all() ? 2 : 1, Strategies.unaligned());
    }

    private static void assertGenerated(String name, int count, AttentionStrategy strategy) throws IOException {
        JsonObject request = TinyModel.json("sketchbook").getAsJsonObject("request");
        List<String> prompts = request.getAsJsonArray("prompts").asList().stream()
                .limit(count)
                .map(JsonElement::getAsString)
                .toList();
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(
                        prompts,
                        request.get("seed").getAsLong(),
                        request.get("width").getAsInt(),
                        request.get("height").getAsInt()),
                null,
                TestSamplers.named(request.get("sampler").getAsString()),
                request.get("steps").getAsInt(),
                request.get("guidance").getAsDouble(),
                3,
                StyleWindow.ALL_STEPS,
                null);
        try (TinyModel model = TinyModel.sketchbook();
                Pipeline pipeline = model.pipeline();
                GeneratedLatents generated = pipeline.generate(generation, strategy, new GenerationListener() {})) {
            assertEquals(count, generated.count());
            for (int i = 0; i < generated.count(); i++) {
                String file = String.format("sketchbook-%s/%03d.png", name, i);
                BufferedImage expected =
                        ImageIO.read(ReferenceTensors.folder().resolve(file).toFile());
                assertNear(expected.getRaster(), generated.image(i).getRaster(), file);
            }
        }
    }

    private static void assertNear(Raster expected, Raster found, String file) {
        assertEquals(expected.getBounds(), found.getBounds(), file);
        int width = expected.getWidth();
        int height = expected.getHeight();
        int[] expectedLevels = expected.getPixels(0, 0, width, height, (int[]) null);
        int[] foundLevels = found.getPixels(0, 0, width, height, (int[]) null);
        assertEquals(expectedLevels.length, foundLevels.length, file);
        int maxDifference = 0;
        for (int i = 0; i < expectedLevels.length; i++) {
            maxDifference = Math.max(maxDifference, Math.abs(expectedLevels[i] - foundLevels[i]));
        }
        assertTrue(maxDifference <= LEVELS, file + " is " + maxDifference + " levels of 255 from the reference");
    }
}
