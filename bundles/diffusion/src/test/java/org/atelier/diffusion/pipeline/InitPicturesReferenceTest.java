package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.diffusion.sampling.InpaintingMask;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of the tiny models that start from a picture, against the pipelines of diffusers. */
class InitPicturesReferenceTest {

    /** Latents have a standard deviation of up to 12; the reference itself differs by 5e-5 between float32 and float64. */
    private static final double BOUND = 5e-4;

    @TempDir
    private static Path folder;

    private static JsonObject facts;
    private static TinyModel model;
    private static TinyModel inpainting;
    private static Pipeline pipeline;
    private static Pipeline inpaintingPipeline;

    @BeforeAll
    static void load() throws IOException {
        facts = TinyModel.json("started");
        model = new TinyModel();
        pipeline = model.pipeline();
        float[] convIn = model.reference("started")
                .get("conv_in.weight")
                .toType(DataType.FLOAT32, true)
                .toFloatArray();
        inpainting = InpaintingModels.withConvIn(convIn, folder.resolve("inpainting"));
        inpaintingPipeline = inpainting.pipeline();
    }

    @AfterAll
    static void close() {
        inpaintingPipeline.close();
        pipeline.close();
        inpainting.close();
        model.close();
    }

    @TestFactory
    Stream<DynamicTest> everySamplerAndStrength() throws IOException {
        ReferenceTensors expected = model.reference("started");
        List<DynamicTest> tests = new ArrayList<>();
        List<String> kinds = List.of("img2img", "inpaint4", "inpaint9");
        List<JsonElement> samplers = facts.getAsJsonArray("samplers").asList();
        List<JsonElement> strengths = facts.getAsJsonArray("strengths").asList();
        for (int i = 0; i < kinds.size(); i++) {
            for (int j = 0; j < samplers.size(); j++) {
                for (int k = 0; k < strengths.size(); k++) {
                    // A third of them has every two of the three together.
                    if (ReferenceCases.all() || (i + j + k) % kinds.size() == 0) {
                        tests.add(test(
                                kinds.get(i),
                                samplers.get(j).getAsString(),
                                strengths.get(k).getAsDouble(),
                                expected));
                    }
                }
            }
        }
        List<JsonElement> noisy = facts.getAsJsonArray("noisy_samplers").asList();
        double strength = facts.get("noisy_strength").getAsDouble();
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < noisy.size(); j++) {
                if (ReferenceCases.all() || (i + j) % 2 == 0) {
                    tests.add(test(kinds.get(i), noisy.get(j).getAsString(), strength, expected));
                }
            }
        }
        assertEquals(ReferenceCases.all() ? 44 : 16, tests.size());
        return tests.stream();
    }

    /** The only step of PNDM that is made twice is the first after the start. */
    @ParameterizedTest
    @CsvSource({
        "img2img, ddim, 0.6",
        "img2img, pndm, 0.6",
        "inpaint4, ddim, 0.6",
        "inpaint4, ddim, 1.0",
        "inpaint9, ddim, 0.6",
        "inpaint9, ddim, 1.0",
        "inpaint4, pndm, 0.6",
        "inpaint4, pndm, 1.0",
        "inpaint9, pndm, 0.6",
        "inpaint9, pndm, 1.0"
    })
    void versionOne(String kind, String sampler, double strength) throws IOException {
        String name = kind + "." + sampler + "." + strength;
        String folderName = kind.equals("inpaint9") ? "tiny-sd1-inpaint" : "tiny-sd1";
        try (TinyModel first = new TinyModel(ReferenceTensors.folder().resolve(folderName));
                Pipeline own = first.pipeline();
                GeneratedLatents generated = generated(own, kind, sampler, strength)) {
            NDArray expected = first.reference("started-sd1").get(name);
            assertEquals(0, TinyModel.distance(generated.latents(0), expected), BOUND, name);
        }
    }

    private static DynamicTest test(String kind, String sampler, double strength, ReferenceTensors expected) {
        String name = kind + "." + sampler + "." + strength;
        return DynamicTest.dynamicTest(name, () -> {
            try (GeneratedLatents generated = generated(kind, sampler, strength)) {
                assertEquals(0, TinyModel.distance(generated.latents(0), expected.get(name)), BOUND, name);
            }
        });
    }

    /** Pillow composites the two pictures. */
    @Test
    void pastesTheKeptPartAsPillowDoes() throws IOException {
        BufferedImage whole = picture("wide");
        BufferedImage turned = new BufferedImage(whole.getWidth(), whole.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < whole.getHeight(); y++) {
            for (int x = 0; x < whole.getWidth(); x++) {
                turned.setRGB(whole.getWidth() - 1 - x, whole.getHeight() - 1 - y, whole.getRGB(x, y));
            }
        }
        assertArrayEquals(pixels(picture("pasted")), pixels(mask().paste(whole, turned)));
    }

    @Test
    void pastesTheKeptPartIntoTheDecodedImage() {
        try (GeneratedLatents generated = generated("inpaint4", "euler", 0.6)) {
            BufferedImage image = generated.image(0);
            BufferedImage whole = picture("wide");
            InpaintingMask mask = mask();
            int kept = 0;
            for (int i = 0; i < mask.levels().length; i++) {
                if (mask.levels()[i] == 0) {
                    int x = i % mask.width();
                    int y = i / mask.width();
                    assertEquals(whole.getRGB(x, y), image.getRGB(x, y), "at " + x + ", " + y);
                    kept++;
                }
            }
            assertEquals(true, kept > 300 && kept < mask.levels().length - 300);
        }
    }

    private static GeneratedLatents generated(String kind, String sampler, double strength) {
        return generated(kind.equals("inpaint9") ? inpaintingPipeline : pipeline, kind, sampler, strength);
    }

    private static GeneratedLatents generated(Pipeline models, String kind, String sampler, double strength) {
        BufferedImage wide = picture(facts.get("picture").getAsString());
        InpaintingMask mask = mask();
        Supplier<InpaintingMask> masked = kind.equals("img2img") ? null : () -> mask;
        int steps = facts.get("steps").getAsInt();
        InitPicture start = new InitPicture(() -> wide, masked, steps - InitPicture.remainingSteps(steps, strength));
        ImageSpec image = new ImageSpec(
                facts.get("prompt").getAsString(),
                facts.get("seed").getAsLong(),
                wide.getWidth(),
                wide.getHeight(),
                null,
                start);
        GenerationSpec set = new GenerationSpec(
                List.of(image),
                facts.get("negative_prompt").getAsString(),
                TestSamplers.named(sampler),
                steps,
                facts.get("guidance").getAsDouble(),
                1,
                StyleWindow.ALL_STEPS,
                null);
        return models.generate(set, Strategies.unaligned(), new GenerationListener() {});
    }

    private static BufferedImage picture(String name) {
        try {
            return ImageIO.read(ReferenceTensors.folder()
                    .resolve("pictures")
                    .resolve(name + ".png")
                    .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InpaintingMask mask() {
        BufferedImage grey = picture(facts.get("mask").getAsString());
        int[] levels = grey.getRaster().getSamples(0, 0, grey.getWidth(), grey.getHeight(), 0, (int[]) null);
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) levels[i];
        }
        return new InpaintingMask(grey.getWidth(), grey.getHeight(), bytes);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
