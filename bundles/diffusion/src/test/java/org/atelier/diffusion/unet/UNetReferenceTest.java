package org.atelier.diffusion.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.attention.SharedAttentionProcessor;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.Strategies;
import org.atelier.diffusion.pipeline.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One UNet call against diffusers, plain and with every sharing mode of the reference processors. */
class UNetReferenceTest {

    private static TinyModel model;
    private static UNet unet;

    @BeforeAll
    static void load() {
        model = new TinyModel();
        unet = model.unet();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static Conditioning conditioning(ReferenceTensors reference, String size, String rows) {
        return new Conditioning(
                reference.get(size + ".prompt_embeds").get(rows),
                reference.get(size + ".pooled").get(rows),
                reference.get(size + ".time_ids").get(rows).toType(DataType.FLOAT32, true));
    }

    private static LayerAttentions attentions(AttentionStrategy strategy, NDArray latents) {
        List<AttentionLayer> layers = unet.attentionLayers(
                (int) latents.getShape().get(2), (int) latents.getShape().get(3));
        return LayerAttentions.of(strategy, layers, model.kernels);
    }

    private static SharedAttentionProcessor plain(NDArray latents) {
        return model.pass(attentions(Strategies.unaligned(), latents), null, 0);
    }

    @TestFactory
    Stream<DynamicTest> aPlainCall() throws IOException {
        ReferenceTensors reference = model.reference("unet");
        return Stream.of("square", "wide", "odd")
                .map(size -> DynamicTest.dynamicTest(size, () -> {
                    NDArray sample = reference.get(size + ".sample");
                    double timestep = reference.get(size + ".timestep").getLong();
                    NDArray output = unet.forward(sample, timestep, conditioning(reference, size, ":"), plain(sample));
                    assertEquals(0, TinyModel.distance(output, reference.get(size + ".output")), 1e-5);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everySharingMode() throws IOException {
        ReferenceTensors reference = model.reference("shared");
        JsonObject json = TinyModel.json("shared");
        double timestep = json.get("timestep").getAsDouble();
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named :
                json.getAsJsonObject("cases").entrySet()) {
            JsonObject flags =
                    named.getValue().isJsonNull() ? null : named.getValue().getAsJsonObject();
            // AdaIN without sharing, which only the reference supports.
            boolean unknown = flags != null && !flags.get("share-attention").getAsBoolean();
            // Full sharing with shared group norms, where the first image of the reference shares its moments.
            boolean full = flags != null && flags.get("full").getAsBoolean();
            for (String size : List.of("square", "wide")) {
                String key = size + ".output." + named.getKey();
                if (reference.has(key) && !unknown && !full) {
                    tests.add(DynamicTest.dynamicTest(
                            size + " " + named.getKey(),
                            () -> assertShares(reference, size, timestep, flags, reference.get(key))));
                }
            }
        }
        assertTrue(tests.size() > 40);
        return tests.stream();
    }

    /** A pass of the reference image, then passes of the two targets together and separately. */
    private static void assertShares(
            ReferenceTensors reference, String size, double timestep, JsonObject flags, NDArray expected) {
        NDArray latents = reference.get(size + ".latents");
        LayerAttentions attentions = attentions(Strategies.of(flags), latents);
        try (NDManager memory = model.manager.newSubManager()) {
            ReferenceFeatureRecorder recorder = model.recorder(attentions, memory);
            assertPass(reference, size, timestep, List.of(0), recorder, expected);
            SharedAttentionProcessor both = model.pass(attentions, recorder, 1, 2);
            assertPass(reference, size, timestep, List.of(1, 2), both, expected);
            SharedAttentionProcessor second = model.pass(attentions, recorder, 2);
            assertPass(reference, size, timestep, List.of(2), second, expected);
        }
    }

    private static void assertPass(
            ReferenceTensors reference,
            String size,
            double timestep,
            List<Integer> images,
            AttentionProcessor processor,
            NDArray expected) {
        int first = images.get(0);
        int end = first + images.size();
        NDArray own = reference.get(size + ".latents").get(first + ":" + end);
        NDArray latents = own.concat(own, 0);
        Conditioning all = conditioning(reference, size, ":");
        Conditioning.Added added = all.added().orElseThrow();
        Conditioning both = new Conditioning(
                halves(all.textEmbeddings(), first, end),
                halves(added.pooledTextEmbeddings(), first, end),
                halves(added.timeIds(), first, end));
        NDArray output = unet.forward(latents, timestep, both, processor);
        assertEquals(0, TinyModel.distance(output, halves(expected, first, end)), 1e-5);
    }

    /** The rows of some images in both halves of six rows. */
    private static NDArray halves(NDArray rows, int first, int end) {
        return rows.get(first + ":" + end).concat(rows.get((first + 3) + ":" + (end + 3)), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "full-level-0.3"})
    void fullSharingIsOneBatch(String name) throws IOException {
        ReferenceTensors reference = model.reference("shared");
        JsonObject flags = TinyModel.json("shared").getAsJsonObject("cases").getAsJsonObject(name);
        NDArray own = reference.get("square.latents");
        SharedAttentionProcessor pass = model.pass(attentions(Strategies.full(flags), own), null, 0, 1, 2);
        NDArray output = unet.forward(own.concat(own, 0), 601, conditioning(reference, "square", ":"), pass);
        assertEquals(0, TinyModel.distance(output, reference.get("square.output." + name)), 1e-5);
    }

    @Test
    void layerIndicesAreThoseOfTheReference() throws IOException {
        List<String> names = TinyModel.json("shared").getAsJsonArray("layers").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        List<AttentionLayer> layers = unet.attentionLayers(16, 24);
        assertEquals(model.configuration.attentionLayers(48, 32), layers, "the same without loading the network");
        assertEquals(2 * names.size(), layers.size());
        for (int i = 0; i < layers.size(); i++) {
            AttentionLayer layer = layers.get(i);
            assertEquals(
                    i % 2 == 0 ? Kind.SELF : Kind.CROSS,
                    layer.kind(),
                    "each self-attention is followed by its cross-attention");
            assertEquals(i / 2, layer.index());
            assertEquals(names.size(), layer.count());
            String name = names.get(layer.index()).replace("_blocks.", "").replace("mid_block", "mid");
            assertTrue(name.startsWith(layer.block() + "."), name + " is in " + layer.block());
            assertEquals(8, layer.height());
            assertEquals(12, layer.width());
        }
    }
}
