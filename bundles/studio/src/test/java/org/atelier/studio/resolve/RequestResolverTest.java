package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestResolverTest {

    private static final Path TILE = Path.of("src/test/resources/pictures/rgb.png");
    private static final long MEMORY = 16L << 30;

    private final FakeLibrary library = new FakeLibrary();
    private final TestStudio fakes = new TestStudio();
    private final RequestResolver resolver = new RequestResolver(
            library,
            fakes.plugins.registries(),
            fakes.contexts.resolver(),
            fakes.controls.resolver(),
            new FixedDevices("cpu", 1),
            new AutomaticChunk(MEMORY),
            () -> 4711);

    @Test
    void resolvesEveryOpenValue() {
        SetRequest resolved = resolve(SetRequest.builder().prompts("a house", "a fish"));

        assertEquals(
                SetRequest.builder()
                        .items(List.of(
                                new SetItem("a house", 4711L, 128, 128, Map.of()),
                                new SetItem("a fish", 4712L, 128, 128, Map.of())))
                        .prediction("epsilon")
                        .seed(4711L)
                        .steps(50)
                        .cfgScale(5)
                        .sampler("ddim")
                        .width(128)
                        .height(128)
                        .attentionOptions(Map.of("adain-queries", true, "score-scale", 1.0))
                        .chunk(2)
                        .dtype("float32")
                        .device("cpu")
                        .build(),
                resolved);
        assertEquals(resolved, resolve(resolved.toBuilder()));
    }

    @Test
    void resolvesTheValuesOfEachImage() {
        SetRequest resolved = resolve(SetRequest.builder()
                .seed(7L)
                .attentionOption("score-scale", 0.5)
                .items(List.of(
                        SetItem.of("a house"),
                        new SetItem("a fish", 99L, 64, null, Map.of("score-scale", "2", "adain-queries", "true")))));

        assertEquals(
                List.of(
                        new SetItem("a house", 7L, 128, 128, Map.of()),
                        new SetItem("a fish", 99L, 64, 128, Map.of("score-scale", 2.0))),
                resolved.items());
        assertEquals(resolved, resolve(resolved.toBuilder()));
        assertEquals(
                Map.of("score-scale", 2.0, "adain-queries", true),
                resolved.sharing().attentionOptions(resolved.items().get(1)));
    }

    @Test
    void replacesStrengthsByTheirOptions() {
        SetRequest resolved = resolve(SetRequest.builder()
                .seed(7L)
                .strength("strong")
                .attentionOption("adain-queries", "false")
                .items(List.of(
                        SetItem.of("a house"),
                        new SetItem("a fish", null, null, null, "subtle", Map.of()),
                        new SetItem("a cup", null, null, null, "subtle", Map.of("score-scale", "3")))));

        assertNull(resolved.sharing().strength());
        assertEquals(
                Map.of("score-scale", 2.0, "adain-queries", false),
                resolved.sharing().attentionOptions());
        assertEquals(
                List.of(
                        new SetItem("a house", 7L, 128, 128, Map.of()),
                        new SetItem("a fish", 8L, 128, 128, Map.of("score-scale", 0.25)),
                        new SetItem("a cup", 9L, 128, 128, Map.of("score-scale", 3.0))),
                resolved.items());
        assertEquals(resolved, resolve(resolved.toBuilder()));
    }

    @Test
    void listsTheStrengthsOfTheAttention() {
        SetRequestBuilder request = SetRequest.builder()
                .items(List.of(SetItem.of("a house"), new SetItem("a fish", null, null, null, "soft", Map.of())));

        assertEquals("""
                The attention 'shared' has no strength 'wild'; available: subtle, strong.
                Image 1 (a fish): The attention 'shared' has no strength 'soft'; available: subtle, strong.\
                """, faultsOf(request.strength("wild")));
        assertEquals("""
                The attention 'none' has no strengths, so it cannot be 'wild'; omit the strength, or choose another attention.
                Image 1 (a fish): The attention 'none' has no strengths, so it cannot be 'soft'; omit the strength, or choose another attention.\
                """, faultsOf(request.attention("none")));
        assertEquals("There is no attention 'mosaic'; available: none, shared.", faultsOf(request.attention("mosaic")));
    }

    @Test
    void namesTheTextThatIsTooLong() {
        String text = "a".repeat(10_001);
        SetRequestBuilder request = SetRequest.builder().prompts("a house", "a fish");

        assertEquals("The style is longer than 10000 characters.", faultsOf(request.style(text)));
        assertEquals(
                "The negative prompt is longer than 10000 characters.",
                faultsOf(request.style("").negativePrompt(text)));
        assertEquals(
                "Prompt 2 is longer than 10000 characters.",
                faultsOf(SetRequest.builder().prompts("a house", text)));
        assertEquals(
                "Prompt 2 together with the style and the texts of the contexts is longer than 10000 characters.",
                faultsOf(SetRequest.builder()
                        .prompts("a house", text.substring(5000))
                        .style(text.substring(4000))));
    }

    @Test
    void reopensValuesThatFollowFromTheSet() {
        SetRequest resolved = resolve(SetRequest.builder()
                .seed(7L)
                .items(List.of(SetItem.of("a house"), new SetItem("a fish", 99L, 64, null, Map.of()))));

        assertEquals(
                List.of(SetItem.of("a house"), new SetItem("a fish", 99L, 64, 128, Map.of())), resolved.openItems());
    }

    @Test
    void namesTheImageOfAFault() {
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(SetRequest.builder()
                        .items(List.of(
                                SetItem.of("a house"),
                                new SetItem("a fish", -1L, 130, 0, Map.of("shine", 1L, "score-scale", "x"))))));

        assertEquals("""
                Image 1 (a fish): The seed must be from 0 to 9007199254740991, not -1.
                Image 1 (a fish): The width must be a multiple of 4 from 4 to 4096, not 130.
                Image 1 (a fish): The height must be a multiple of 4 from 4 to 4096, not 0.
                Image 1 (a fish): The option score-scale of the attention 'shared' must be a number, not 'x'.
                Image 1 (a fish): The attention 'shared' has no option 'shine'; \
                it has adain-queries (true or false, default true), score-scale (a number, default 1.0).\
                """, fault.getMessage());
    }

    @Test
    void namesAModelGivenAsAFolderByItsPath() {
        String folder = FakeLibrary.SKETCHBOOK.toString();

        assertEquals(
                folder,
                resolve(SetRequest.builder().prompts("a cat").model(folder + "/./"))
                        .model());
    }

    @Test
    void listsEveryFaultAtOnce() {
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(SetRequest.builder()
                        .prompts("a house", " ")
                        .steps(1000)
                        .cfgScale(Double.NaN)
                        .seed(-1L)
                        .width(130)
                        .height(100_000)
                        .sampler("magic")
                        .attention("mosaic")
                        .chunk(0)
                        .dtype("int8")
                        .device("cuda:1")));

        assertEquals("""
                Prompt 2 is empty.
                The cfg-scale must be from 0 to 100, not NaN.
                The chunk must be 1 or more, not 0.
                The seed must be from 0 to 9007199254740989, not -1.
                The steps must be fewer than the 1000 that the model was trained with, not 1000.
                The width must be a multiple of 4 from 4 to 4096, not 130.
                The height must be a multiple of 4 from 4 to 4096, not 100000.
                There is no sampler 'magic'; available: ddim, euler.
                There is no device 'cuda:1'; the engine finds 1 GPUs.
                There is no dtype 'int8'; available: float32, bfloat16, float16.
                There is no attention 'mosaic'; available: none, shared.\
                """, fault.getMessage());
        assertEquals(Code.INVALID_REQUEST, fault.code());
    }

    @Test
    void reportsTheRefusalOfTheSamplerBeforeAnyWork() {
        fakes.plugins.bind(
                PluginKind.SAMPLER,
                FakePlugins.factory(() -> (schedule, steps) -> {
                    throw new AtelierException(Code.MODEL_INVALID, "No way leads there in " + steps + " steps.");
                }),
                FakePlugins.reference("lost", 9));

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(
                        SetRequest.builder().prompts("a house").sampler("lost").steps(7)));

        assertEquals("No way leads there in 7 steps.", fault.getMessage());
    }

    @Test
    void refusesAnOptionThatTheSamplerDoesNotHave() {
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(SetRequest.builder().prompts("a house").samplerOption("eta", 0.5)));

        assertEquals("The sampler 'ddim' has no option 'eta'; it has none.", fault.getMessage());
    }

    @Test
    void resolvesTheOpenValuesOfAReference() {
        SetRequest resolved = resolve(withReference(3, 1).steps(30));

        assertEquals(10, resolved.sampling().cfgScale());
        assertEquals(30, resolved.inversion().steps());
        assertEquals(3, resolved.inversion().offset());
        ReferenceFile first = resolved.references().images().get(0);
        assertEquals(TILE.toAbsolutePath().normalize().toString(), first.file());
        assertTrue(first.sha256().matches("[0-9a-f]{64}"));
        assertEquals(1, first.weight());
        assertEquals(resolved, resolve(resolved.toBuilder()));
    }

    @Test
    void keepsGivenValuesWithAReference() {
        SetRequest resolved =
                resolve(withReference(1, 1).cfgScale(4).inversionSteps(12).inversionOffset(0));

        assertEquals(4, resolved.sampling().cfgScale());
        assertEquals(12, resolved.inversion().steps());
        assertEquals(0, resolved.inversion().offset());
    }

    @Test
    void refusesTextsThatUtf8CannotEncode() {
        String half = "\uD83D";

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(SetRequest.builder()
                        .prompts("a cat", "a fish " + half)
                        .style(half + half)
                        .negativePrompt("\uDC1F")));

        assertEquals("""
                Prompt 2 has an unpaired surrogate, which is not valid Unicode; write the character itself.
                The style has an unpaired surrogate, which is not valid Unicode; write the character itself.
                The negative prompt has an unpaired surrogate, which is not valid Unicode; write the character itself.""", fault.getMessage());
    }

    @Test
    void listsEveryFaultOfReferences() {
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(SetRequest.builder()
                        .prompts("a cat")
                        .references(
                                new ReferenceFile(TILE.toString(), " ", 0, null),
                                new ReferenceFile("/nowhere.png", "a tile", -1, null))
                        .blend("cubic")
                        .inversionSteps(1000)
                        .inversionOffset(1000)
                        .inversionCfg(-1.0)
                        .styleFrom(0.5)
                        .styleTo(0.5)));

        assertEquals("""
                The style range must go from a fraction of the steps to a larger one, both from 0 to 1, not from 0.5 to 0.5.
                The inversion-steps must be from 1 to 999, not 1000.
                The inversion-offset must be from 0 to 999, less than the inversion steps, not 1000.
                The inversion-cfg must be from 0 to 100, not -1.0.
                The weight of reference 1 (rgb.png) must be above 0, not 0.0; omit references that should not count.
                Reference 1 (rgb.png) needs a prompt that describes it; give --reference-prompt for each, in order. It cannot be captioned: There is no context 'picture'; available: calendar.
                The weight of reference 2 (nowhere.png) must be above 0, not -1.0; omit references that should not count.
                /nowhere.png: no such file.
                There is no blend 'cubic'; none is installed.\
                """, fault.getMessage());
    }

    @Test
    void refusesAnAttentionThatUsesNoReference() {
        assertEquals(
                "The attention 'none' generates every image alone and uses no reference; choose shared, or omit the"
                        + " references.",
                assertThrows(
                                AtelierException.class,
                                () -> resolve(withReference(1, 1).attention("none")))
                        .getMessage());
    }

    private static SetRequestBuilder withReference(double weight, int count) {
        return SetRequest.builder()
                .prompts("a cat")
                .references(Collections.nCopies(count, new ReferenceFile(TILE.toString(), "a tile", weight, null)));
    }

    @Test
    void requiresAPrompt() {
        assertEquals(
                "Give at least one prompt, one for each image.",
                assertThrows(AtelierException.class, () -> resolve(SetRequest.builder()))
                        .getMessage());
    }

    @Test
    void reportsAMissingModelWithItsOwnCode() {
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(SetRequest.builder().prompts("a cat").model("none")));

        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
    }

    @ParameterizedTest
    @CsvSource({"128,20,8", "128,2,2", "1024,8,2", "2048,8,1", "4096,8,1"})
    void choosesTheChunkByTheMemory(int side, int images, int chunk) {
        SetRequest resolved = resolve(SetRequest.builder()
                .prompts(Collections.nCopies(images, "a cat"))
                .width(side)
                .height(side));

        assertEquals(chunk, resolved.execution().chunk());
    }

    @Test
    void choosesBfloat16ForAGpu() {
        assertEquals(
                List.of("cuda:0", "bfloat16"),
                List.of(
                        resolve(SetRequest.builder().prompts("a cat").device("cuda:0"))
                                .execution()
                                .device(),
                        resolve(SetRequest.builder().prompts("a cat").device("cuda:0"))
                                .execution()
                                .dtype()));
    }

    private SetRequest resolve(SetRequestBuilder request) {
        try (OpenedSet set = resolver.open(request.build(), TestStudio.INPUTS)) {
            return set.request();
        }
    }

    private String faultsOf(SetRequestBuilder request) {
        return assertThrows(AtelierException.class, () -> resolve(request)).getMessage();
    }
}
