package org.atelier.diffusion.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.Reference.Role;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.Strategies;
import org.atelier.diffusion.pipeline.TinyModel;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.UNet;
import org.example.leavingout.LeavingOutAttention;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One UNet call with strategies of other papers, against attention processors of diffusers. */
class StrategiesReferenceTest {

    private static final double BOUND = 1e-5;
    private static final int STYLE = 0;
    private static final int CONTENT = 1;
    private static final int TARGET = 2;
    private static final String WORD = "house";

    private static TinyModel model;
    private static UNet unet;
    private static ReferenceTensors reference;
    private static JsonObject facts;
    private static WordLocator wordLocator;

    @BeforeAll
    static void load() throws IOException {
        model = new TinyModel();
        unet = model.unet();
        reference = model.reference("strategies");
        facts = TinyModel.json("strategies");
        List<Integer> positions = facts.getAsJsonArray("word").asList().stream()
                .map(position -> position.getAsInt())
                .toList();
        wordLocator = (prompt, word) -> prompt.contains(word) ? positions : List.of();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** The rows of both halves of guidance. */
    private static NDArray halves(String name, int from, int to) {
        NDArray rows = reference.get(name);
        return rows.get(from + ":" + to).concat(rows.get((from + 3) + ":" + (to + 3)), 0);
    }

    private static NDArray latents(int from, int to) {
        NDArray own = reference.get("latents").get(from + ":" + to);
        return own.concat(own, 0);
    }

    private static Conditioning conditioning(int from, int to) {
        return new Conditioning(
                halves("prompt_embeds", from, to), halves("pooled", from, to), halves("time_ids", from, to));
    }

    private static LayerAttentions attentions(AttentionStrategy strategy) {
        return LayerAttentions.of(strategy, unet.attentionLayers(16, 16), model.kernels);
    }

    private static ReferenceFeatureRecorder recorder(LayerAttentions consumer, NDManager memory) {
        return new ReferenceFeatureRecorder(
                List.of(consumer),
                AttentionProcessor.plain(model.kernels),
                GuidanceHalves.TWO,
                List.of(
                        new ReferenceInput("a house", ReferenceUse.style(1)),
                        new ReferenceInput("a fish", new ReferenceUse(Role.CONTENT, 1, Set.of(TARGET)))),
                wordLocator,
                memory);
    }

    /** One step: a pass of both references, then a pass of the target. */
    private static NDArray predicted(AttentionStrategy strategy, SetAttentionMaps maps, NDManager memory) {
        LayerAttentions attentions = attentions(strategy);
        double timestep = facts.get("timestep").getAsDouble();
        ReferenceFeatureRecorder recorder = recorder(attentions, memory);
        unet.extractFeatures(
                latents(STYLE, CONTENT + 1),
                timestep,
                conditioning(STYLE, CONTENT + 1),
                recorder,
                recorder::isComplete);
        List<Integer> images = List.of(TARGET);
        PassAttentionMaps observed = maps.forPass(attentions, images, List.of("a red house"), memory);
        ImagePass pass = new ImagePass(new DenoisingStep(0, 1, timestep, 1), images, GuidanceHalves.TWO);
        NDArray prediction = unet.forward(
                latents(TARGET, TARGET + 1),
                timestep,
                conditioning(TARGET, TARGET + 1),
                new SharedAttentionProcessor(attentions, pass, new RecordedReferences(List.of(recorder)), observed));
        observed.store();
        return prediction;
    }

    private static void assertPredicts(String name, AttentionStrategy strategy) {
        try (NDManager memory = model.kernels.newManager()) {
            NDArray found = predicted(strategy, new SetAttentionMaps(wordLocator, memory), memory);
            assertEquals(0, TinyModel.distance(found, halves(name, TARGET, TARGET + 1)), BOUND);
        }
    }

    @Test
    void swapReplacesKeysAndValuesByThoseOfTheReference() {
        assertPredicts("swap", Strategies.swapped());
    }

    @Test
    void injectsAStyleIntoAContent() {
        JsonObject options = new JsonObject();
        options.add("gamma", facts.get("gamma"));
        options.add("temperature", facts.get("temperature"));
        options.addProperty("decoder-share", 1);
        assertPredicts("inject", Strategies.injected(options));
    }

    @Test
    void masksTheSubjectOfTheReference() {
        assertPredicts("without", new LeavingOutAttention(WORD));
    }

    @Test
    void sharesEverythingIfTheWordIsAbsent() {
        try (NDManager memory = model.kernels.newManager()) {
            SetAttentionMaps maps = new SetAttentionMaps(wordLocator, memory);
            NDArray found = predicted(new LeavingOutAttention("cat"), maps, memory);
            assertEquals(0, TinyModel.distance(found, predicted(Strategies.shared(), maps, memory)));
            assertEquals(List.of(), maps.state());
        }
    }

    @Test
    void mapsAreTheMeanOfTheLayersSoFar() {
        try (NDManager memory = model.kernels.newManager()) {
            SetAttentionMaps maps = new SetAttentionMaps(wordLocator, memory);
            RecordedMaps recorded = new RecordedMaps(new LeavingOutAttention(WORD), WORD);
            predicted(recorded, maps, memory);

            NDArray expected = reference.get("map.target");
            List<float[]> target = new ArrayList<>();
            List<float[]> style = new ArrayList<>();
            for (RecordedMaps.Entry entry : recorded.entries()) {
                (entry.image() == TARGET ? target : style).add(entry.map());
            }
            assertEquals(12, target.size());
            assertNull(target.get(0), "no layer has been observed");
            for (int layer = 1; layer < 12; layer++) {
                assertArrayEquals(expected.get(layer - 1).toFloatArray(), target.get(layer), 1e-6f);
            }
            ObservedMap last = maps.state().get(0);
            assertEquals(new ObservedMap(TARGET, 8, 8, WORD, last.probabilities()), last);
            float[] values = new float[64];
            last.probabilities().values().get(values);
            assertArrayEquals(expected.get(11).toFloatArray(), values, 1e-6f);
            assertEquals(24, style.size(), "one map of the style and one of the content for each layer");
            for (int i = 0; i < 24; i += 2) {
                assertArrayEquals(
                        reference.get("map.style").toFloatArray(),
                        style.get(i),
                        1e-6f,
                        "the mean of all layers, at every layer");
                assertNull(style.get(i + 1), "the content prompt has no house");
            }
        }
    }

    @Test
    void theNextStepStartsWithTheMapsOfThePreviousStep() {
        try (NDManager memory = model.kernels.newManager()) {
            SetAttentionMaps maps = new SetAttentionMaps(wordLocator, memory);
            predicted(new LeavingOutAttention(WORD), maps, memory);
            RecordedMaps recorded = new RecordedMaps(new LeavingOutAttention(WORD), WORD);
            predicted(recorded, maps, memory);
            NDArray expected = reference.get("map.target");
            assertArrayEquals(
                    expected.get(11).toFloatArray(), recorded.entries().get(0).map(), 1e-6f);
            RecordedMaps.Entry second = recorded.entries().stream()
                    .filter(entry -> entry.image() == TARGET)
                    .toList()
                    .get(1);
            assertArrayEquals(expected.get(0).toFloatArray(), second.map(), 1e-6f);
        }
    }

    /** Shares in the down blocks only and observes everywhere. */
    private static final class SharedInDownBlocks implements AttentionStrategy {

        private final RecordedMaps recorded = new RecordedMaps(Strategies.shared(), WORD);

        @Override
        public Attention at(AttentionLayer layer) {
            return layer.block().startsWith("down") ? recorded.at(layer) : Attention.plain();
        }

        @Override
        public Set<String> observedWords(AttentionLayer layer) {
            return recorded.observedWords(layer);
        }
    }

    @Test
    void aReferencePassRunsToTheLastObservedLayer() {
        try (NDManager memory = model.kernels.newManager()) {
            SharedInDownBlocks strategy = new SharedInDownBlocks();
            predicted(strategy, new SetAttentionMaps(wordLocator, memory), memory);
            float[] map = strategy.recorded.entries().stream()
                    .filter(entry -> entry.image() < 0)
                    .findFirst()
                    .orElseThrow()
                    .map();
            assertArrayEquals(reference.get("map.style").toFloatArray(), map, 1e-6f);
        }
    }

    @Test
    void aReferencePassEndsAfterTheLastSharedLayerIfTheWordIsAbsent() {
        try (NDManager memory = model.kernels.newManager()) {
            AttentionStrategy observing = new SharedInDownBlocks();
            List<Integer> passed = new ArrayList<>();
            ReferenceFeatureRecorder recorder = new ReferenceFeatureRecorder(
                    List.of(attentions(observing)),
                    (layer, own) -> {
                        passed.add(layer);
                        return AttentionProcessor.plain(model.kernels).attend(layer, own);
                    },
                    GuidanceHalves.TWO,
                    List.of(new ReferenceInput("a fish", ReferenceUse.style(1))),
                    wordLocator,
                    memory);
            unet.extractFeatures(latents(0, 1), 601, conditioning(0, 1), recorder, recorder::isComplete);
            assertTrue(recorder.isComplete());
            assertEquals(12, passed.size(), "the down blocks and the mid block, not the up blocks");
        }
    }
}
