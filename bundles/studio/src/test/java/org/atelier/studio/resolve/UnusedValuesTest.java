package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.studio.AtelierStudio;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnusedValuesTest {

    private static final String TILE = "src/test/resources/pictures/rgb.png";

    private final TestStudio fakes = new TestStudio();
    private final AtelierStudio studio = fakes.studio();

    /** Attends to all images, or to none. */
    private record Strategy(Coupling coupling, Attention attention) implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return attention;
        }
    }

    @BeforeEach
    void installStrategies() {
        Strategy full =
                new Strategy(AttentionStrategy.Coupling.SET, call -> call.own().value());
        Strategy idle = new Strategy(AttentionStrategy.Coupling.REFERENCES, Attention.plain());
        fakes.plugins.bind(PluginKind.ATTENTION, fakes.plugins.factoryOf(full), FakePlugins.withoutOptions("full", 21));
        fakes.plugins.bind(PluginKind.ATTENTION, fakes.plugins.factoryOf(idle), FakePlugins.withoutOptions("idle", 22));
        fakes.plugins.bind(
                PluginKind.ATTENTION,
                fakes.plugins.factoryOf(layer -> call -> Attention.plain().attend(call)),
                FakePlugins.withoutEffect("scaled", "score-scale unless adain-queries", 23));
        fakes.plugins.bind(PluginKind.BLEND, FakePlugins.apart(), FakePlugins.withoutOptions("apart", 23));
    }

    static Stream<Arguments> unused() {
        return Stream.of(
                of("The set has no reference image, so inversion-steps has no effect.", set -> set.inversionSteps(9)),
                of(
                        "The set has no reference image, so inversion-steps and inversion-cfg and inversion-offset have no effect.",
                        set -> set.inversionSteps(9).inversionCfg(3.0).inversionOffset(0)),
                of(
                        "References get noise at the sampling steps, so inversion-steps has no effect.",
                        set -> set.references(reference())
                                .inversionMethod(InversionMethod.NOISE)
                                .inversionSteps(9)),
                of(
                        "The set has fewer than two reference images, so blend and blend-options have no effect.",
                        set -> set.blend("apart").blendOptions(Map.of("a", "b"))),
                of(
                        "The set has fewer than two reference images, so blend has no effect.",
                        set -> set.references(reference()).blend("apart")),
                of(
                        "The set has only one reference image, so its weight has no effect.",
                        set -> set.references(reference(3))),
                of(
                        "The set has no control, so control-guess and control-reference and control-words have no effect.",
                        set -> set.controlGuess(true).controlReference(true).controlPromptSource("negative")),
                of("The set has no context, so summary has no effect.", set -> set.summary(ContextSummary.of("never"))),
                of(
                        "The attention 'none' shares no style, so style-from and style-to have no effect.",
                        set -> set.attention("none").styleFrom(0.1).styleTo(0.9)),
                of(
                        "The only image has no reference, so attention and style-to have no effect.",
                        set -> set.prompts("a house").attention("full").styleTo(0.9)),
                of("The only image has no reference, so attention-options has no effect.", set -> set.prompts("a house")
                        .strength("strong")),
                of(
                        "The style range from 0.55 to 0.6 includes none of the 5 steps, so no style is shared; choose a larger range.",
                        set -> set.steps(5).styleFrom(0.55).styleTo(0.6)),
                of(
                        "The attention 'idle' shares style in no layer with these options, so no style is shared.",
                        set -> set.attention("idle")),
                of(
                        "The attention 'shared' accepts its option adain-queries without effect.",
                        set -> set.attentionOption("adain-queries", false)),
                of(
                        "The attention 'scaled' uses its option score-scale only with adain-queries.",
                        set -> set.attention("scaled").attentionOption("score-scale", 2)),
                of(
                        "Image 0 (a house): It is the reference, so its own attention options have no effect.",
                        set -> set.items(List.of(
                                new SetItem("a house", null, null, null, "strong", Map.of("adain-queries", true)),
                                SetItem.of("a fish")))),
                of(
                        "A cfg-scale of 1 and below disables guidance, so negative-prompt has no effect.",
                        set -> set.cfgScale(1).negativePrompt("a dog")),
                of(
                        "A cfg-scale of 1 and below disables guidance, so guidance-rescale has no effect.",
                        set -> set.cfgScale(1).guidanceRescale(0.7)),
                of(
                        "The attention 'full' passes all images as one chunk, so chunk has no effect.",
                        set -> set.attention("full").chunk(1)));
    }

    @ParameterizedTest
    @MethodSource("unused")
    void namesWhatHasNoEffect(String sentence, UnaryOperator<SetRequestBuilder> change) {
        SetRequestBuilder request = change.apply(SetRequest.builder().prompts("a house", "a fish"));
        assertEquals(List.of(sentence), sentences(request.build()));
    }

    static Stream<Arguments> used() {
        return Stream.of(
                of("defaults", set -> set),
                of("one image", set -> set.prompts("a house")),
                of("no attention", set -> set.attention("none")),
                of("a range", set -> set.steps(5).styleFrom(0.55).styleTo(0.61)),
                of("a chunk", set -> set.chunk(1)),
                of("all at once", set -> set.attention("full")),
                of("more than all", set -> set.attention("full").chunk(8)),
                of("guidance", set -> set.cfgScale(1.1).negativePrompt("a dog").guidanceRescale(0.7)),
                of(
                        "inversion",
                        set -> set.references(reference()).inversionSteps(9).inversionOffset(0)),
                of("an option and the one that it needs", set -> set.attention("scaled")
                        .attentionOption("score-scale", 2)
                        .attentionOption("adain-queries", false)),
                of("an image with the one that it needs", set -> set.attention("scaled")
                        .attentionOption("score-scale", 2)
                        .items(List.of(
                                SetItem.of("a house"),
                                new SetItem("a fish", null, null, null, null, Map.of("adain-queries", false))))),
                of("a strength", set -> set.strength("strong")),
                of("a blend", set -> set.references(reference(), reference()).blend("apart")),
                of("one weight of two", set -> set.references(reference(3), reference())
                        .blend("apart")),
                of("one reference", set -> set.references(reference())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("used")
    void saysNothingOfWhatHasAnEffect(String name, UnaryOperator<SetRequestBuilder> change) {
        SetRequestBuilder request = change.apply(SetRequest.builder().prompts("a house", "a fish"));
        assertEquals(List.of(), sentences(request.build()));
    }

    @Test
    void saysTheSameOfTheResolvedRequest() {
        SetRequest request = SetRequest.builder()
                .prompts("a house", "a fish")
                .inversionSteps(9)
                .styleFrom(0.5)
                .styleTo(0.5001)
                .build();
        assertEquals(sentences(request), sentences(studio.resolve(request)));
    }

    @Test
    void passesAllImagesAsOneChunk() {
        SetRequest resolved = studio.resolve(SetRequest.builder()
                .prompts("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
                .attention("full")
                .build());
        assertEquals(10, resolved.execution().chunk());
    }

    private List<String> sentences(SetRequest request) {
        try (ResolvedSet set = studio.open(request)) {
            return set.unusedValues();
        }
    }

    private static ReferenceFile reference() {
        return reference(1);
    }

    private static ReferenceFile reference(double weight) {
        return new ReferenceFile(Path.of(TILE).toAbsolutePath().toString(), "a tile", weight, null);
    }

    private static Arguments of(String sentence, UnaryOperator<SetRequestBuilder> change) {
        return arguments(sentence, change);
    }
}
