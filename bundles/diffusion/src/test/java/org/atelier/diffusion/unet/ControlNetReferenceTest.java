package org.atelier.diffusion.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.autoencoder.RgbImages;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TinyModel;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One call of a ControlNet against diffusers. */
class ControlNetReferenceTest {

    private static TinyModel model;

    @BeforeAll
    static void load() {
        model = new TinyModel();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static ControlNetFolder folder(String name) {
        Path tiny = ReferenceTensors.folder().resolve("tiny-controlnet");
        Path canny = Path.of(System.getProperty("atelier.sketchbook")).resolveSibling("sketchbook-canny");
        return ControlNetFolder.open(name.equals("tiny") ? tiny : canny);
    }

    private static ControlNet network(ControlNetFolder folder) {
        return new ControlNet(
                folder.weights(model.kernels, Precision.FLOAT32, model.manager),
                ControlNetSettings.from(folder.settings(), TinyModel.FAMILY),
                Precision.FLOAT32,
                model.kernels,
                model.manager.newSubManager());
    }

    @ParameterizedTest
    @CsvSource({"tiny, whole, 1", "tiny, guess, 0.7", "sketchbook, whole, 1"})
    void residualsAreThoseOfDiffusers(String name, String mode, double scale) throws IOException {
        ReferenceTensors reference = model.reference("controlnet");
        Conditioning conditioning = new Conditioning(
                reference.get(name + ".prompt_embeds"),
                reference.get(name + ".pooled"),
                reference.get(name + ".time_ids").toType(DataType.FLOAT32, true));
        try (ControlNet network = network(folder(name))) {
            NDArray control = network.embed(reference.get(name + ".control"), model.manager);
            Residuals found = network.forward(reference.get(name + ".sample"), 501, conditioning, control);
            Residuals weighted = (mode.equals("guess") ? found.scaledForGuessMode() : found).scaled(scale);
            for (int index = 0; index < weighted.each().size(); index++) {
                NDArray wanted = reference.get(name + "." + mode + "." + index);
                double largest = Math.max(1, wanted.abs().max().getFloat());
                assertEquals(0, TinyModel.distance(weighted.each().get(index), wanted) / largest, 1e-5, "at " + index);
            }
            assertTrue(
                    !reference.has(name + "." + mode + "." + weighted.each().size()),
                    "the reference has more residuals");
        }
    }

    @Test
    void readsControlImagesAsRgbFromZeroToOne() {
        BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 8; x++) {
            image.setRGB(x, x / 2, 0xFF8000 + x);
        }
        try (ControlNet network = network(folder("sketchbook"))) {
            NDArray pixels = RgbImages.toUnitTensor(image, model.manager);
            assertEquals(128 / 255f, pixels.getFloat(0, 1, 3, 7), 1e-7);
            assertEquals(1, pixels.getFloat(0, 0, 3, 7));
            NDArray embedded = network.embed(image, model.manager);
            assertEquals(
                    List.of(1L, 48L, 1L, 2L),
                    List.of(
                            embedded.getShape().get(0),
                            embedded.getShape().get(1),
                            embedded.getShape().get(2),
                            embedded.getShape().get(3)));
            assertEquals(0, TinyModel.distance(embedded, network.embed(pixels, model.manager)));
        }
    }

    @Test
    void rejectsAControlNetOfAnotherModelInOneLine() {
        ControlNetFolder control = folder("tiny");
        AtelierException refused = assertThrows(AtelierException.class, () -> model.configuration.controlNet(control));
        assertEquals(AtelierException.Code.MODEL_INVALID, refused.code());
        assertEquals(
                control.path().resolve("config.json")
                        + ": this ControlNet does not fit the model: block_out_channels [8, 16], the model's [32, 64];"
                        + " use a ControlNet that was trained for this model.",
                refused.getMessage());
        try (TinyModel sketchbook = TinyModel.sketchbook()) {
            sketchbook.configuration.controlNet(folder("sketchbook"));
        }
    }

    @Test
    void rejectsAFolderWithoutAControlNet() {
        Path unet = ReferenceTensors.folder().resolve("tiny-sdxl").resolve("unet");
        AtelierException refused = assertThrows(AtelierException.class, () -> ControlNetFolder.open(unet));
        assertTrue(
                refused.getMessage().contains("\"UNet2DConditionModel\"; only ControlNetModel"), refused.getMessage());
    }
}
