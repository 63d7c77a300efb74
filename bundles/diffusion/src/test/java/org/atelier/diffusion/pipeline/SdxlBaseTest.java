package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.text.ClipTextModel;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.LayerRegistry;
import org.atelier.diffusion.unet.UNet;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.json.Settings;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the published configurations of SDXL base the networks read exactly the tensors of diffusers. */
class SdxlBaseTest {

    private static TorchKernels kernels;

    @BeforeAll
    static void load() {
        kernels = TorchKernels.load(Device.cpu());
    }

    @AfterAll
    static void close() {
        kernels.close();
    }

    private static Settings settings(String component) {
        return Settings.read(ReferenceTensors.folder().resolve("sdxl-base-1.0-" + component + "-config.json"));
    }

    /** Shapes by name of every tensor, with the {@code text_model.} prefix as in {@link Weights}. */
    private static SortedMap<String, String> listing(String component) throws IOException {
        Path file = ReferenceTensors.folder().resolve("sdxl-base-1.0-" + component + ".tsv");
        SortedMap<String, String> listing = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] columns = line.split("\t");
            boolean newScheme = columns[0].startsWith("embeddings.")
                    || columns[0].startsWith("encoder.layers.")
                    || columns[0].startsWith("final_layer_norm.");
            listing.put(newScheme ? "text_model." + columns[0] : columns[0], columns[1]);
        }
        return listing;
    }

    private static void assertRequests(int tensors, String component, Consumer<Weights> network) throws IOException {
        try (NDManager manager = kernels.newManager()) {
            // One broadcast zero for every tensor, so that the networks take no memory.
            NDArray zero = manager.zeros(new Shape(1));
            ListingWeights weights = new ListingWeights(zero::broadcast);
            network.accept(weights);
            assertEquals(listing(component), weights.requested());
            assertEquals(tensors, weights.requested().size());
        }
    }

    @Test
    void unet() throws IOException {
        UNetSettings settings = UNetSettings.from(settings("unet"), TinyModel.FAMILY);
        assertRequests(1680, "unet", weights -> {
            UNet unet = new UNet(weights, settings, Precision.FLOAT32, kernels);
            List<AttentionLayer> layers = unet.attentionLayers(128, 128);
            assertEquals(layers, LayerRegistry.of(settings).layers(128, 128), "the same without building the network");
            assertEquals(140, layers.size());
            assertEquals(70, layers.get(0).count());
            assertEquals(64, layers.get(0).height(), "the first level has no attention");
            assertEquals("mid", layers.get(139).block());
            assertEquals(20, layers.get(139).heads());
        });
    }

    private static TextEncoding encoding(int number) {
        Settings index = new Settings(Path.of("model_index.json"), new JsonObject());
        return TinyModel.FAMILY.textConditioning(index).encodings().get(number);
    }

    @Test
    void textEncoder() throws IOException {
        ClipTextSettings settings = ClipTextSettings.from(settings("text_encoder"));
        assertRequests(196, "text_encoder", weights -> new ClipTextModel(weights, settings, encoding(0), kernels));
    }

    @Test
    void textEncoder2() throws IOException {
        ClipTextSettings settings = ClipTextSettings.from(settings("text_encoder_2"));
        assertRequests(517, "text_encoder_2", weights -> new ClipTextModel(weights, settings, encoding(1), kernels));
    }

    @Test
    void autoencoder() throws IOException {
        AutoencoderSettings settings = AutoencoderSettings.from(settings("vae"));
        assertEquals(8, settings.factor());
        assertRequests(248, "vae", weights -> new Autoencoder(weights, settings, kernels));
    }
}
