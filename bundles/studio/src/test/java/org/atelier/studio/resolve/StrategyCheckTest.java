package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyCheckTest {

    private static final Path TILE = Path.of("src/test/resources/pictures/rgb.png");

    private final TestStudio fakes = new TestStudio();
    private final RequestResolver resolver = new RequestResolver(
            new FakeLibrary(),
            fakes.plugins.registries(),
            fakes.contexts.resolver(),
            fakes.controls.resolver(),
            new FixedDevices("cpu", 1),
            new AutomaticChunk(16L << 30),
            () -> 4711);

    /** Looks for a word in references. */
    private record Looking(String word) implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return Attention.plain();
        }

        @Override
        public Set<String> referenceWords() {
            return Set.of(word);
        }
    }

    /** The request with an attention that is named by the word that it looks for. */
    private SetRequestBuilder looking(String word, SetRequestBuilder request) {
        fakes.plugins.bind(
                PluginKind.ATTENTION,
                fakes.plugins.factoryOf(new Looking(word)),
                FakePlugins.withoutOptions(word, word.hashCode()));
        return request.attention(word);
    }

    @Test
    void looksForWordsInThePromptOfTheFirstImage() {
        SetRequestBuilder request =
                SetRequest.builder().prompts("a house", "a fish").style("stained glass");
        assertEquals(
                "The attention 'fish' looks for 'fish' in the reference, but its prompt is \"a house, stained glass\"; give a word of it.",
                faultsOf(looking("fish", request)));
        assertEquals(
                "The attention 'ouse' looks for 'ouse' in the reference, but its prompt is \"a house, stained glass\"; give a word of it.",
                faultsOf(looking("ouse", request)));
        assertDoesNotThrow(() -> resolve(looking("House", request)));
        assertDoesNotThrow(() -> resolve(looking("stained glass", request)));
    }

    @Test
    void looksForWordsInThePromptsOfReferences() {
        SetRequestBuilder request = SetRequest.builder()
                .prompts("a house")
                .references(
                        new ReferenceFile(TILE.toString(), "a red lighthouse", 1, null),
                        new ReferenceFile(TILE.toString(), "a cat", 1, null))
                .blend("linear");
        fakes.plugins.bind(PluginKind.BLEND, FakePlugins.apart(), FakePlugins.withoutOptions("linear", 77));
        assertEquals(
                "The attention 'house' looks for 'house' in the reference, but the prompts of the references are \"a red lighthouse\", \"a cat\"; give a word of it.",
                faultsOf(looking("house", request)));
        assertDoesNotThrow(() -> resolve(looking("cat", request)));
    }

    @Test
    void looksForWordsInACaptionOnceItIsRead(@TempDir Path folder) {
        fakes.contexts.withCaptions();
        SetRequest request = looking(
                        "cat",
                        SetRequest.builder()
                                .prompts("a house")
                                .references(new ReferenceFile(TILE.toString(), "", 1, null)))
                .build();
        try (OpenedSet set = resolver.open(request, folder)) {
            AtelierException fault = assertThrows(
                    AtelierException.class, () -> fakes.contexts.resolver().read(set, new SetListener() {}));
            assertEquals(
                    "The attention 'cat' looks for 'cat' in the reference, but its prompt is \"a red house\"; give a word of it.",
                    fault.getMessage());
        }
    }

    /** A strategy that refuses a layer of the network is asked before any work. */
    @Test
    void asksForEveryLayerBeforeAnyWork() {
        fakes.plugins.bind(
                PluginKind.ATTENTION,
                fakes.plugins.factoryOf(layer -> {
                    throw new AtelierException(
                            AtelierException.Code.INVALID_REQUEST, "No style for layer " + layer.index() + ".");
                }),
                FakePlugins.withoutOptions("refusing", 78));

        assertEquals(
                "No style for layer 0.",
                faultsOf(SetRequest.builder().prompts("a house", "a fish").attention("refusing")));
    }

    private String faultsOf(SetRequestBuilder request) {
        return assertThrows(AtelierException.class, () -> resolve(request)).getMessage();
    }

    private void resolve(SetRequestBuilder request) {
        resolver.open(request.build(), TestStudio.INPUTS).close();
    }
}
