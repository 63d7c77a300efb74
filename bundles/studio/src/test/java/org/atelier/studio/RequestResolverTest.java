package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestResolverTest {

    private static final long MEMORY = 16L << 30;

    private final FakeLibrary library = new FakeLibrary();
    private final Devices machine = new Devices() {
        @Override
        public String best() {
            return "cpu";
        }

        @Override
        public int gpus() {
            return 1;
        }
    };
    private final RequestResolver resolver = new RequestResolver(
            library,
            library,
            new FakeArtist(),
            new FakeAttentions().registry(),
            machine,
            new AutomaticChunk(MEMORY),
            () -> 4711);

    @Test
    void settlesEveryOpenValue() {
        SetRequest settled = resolve(SetRequest.builder().prompts("a house", "a fish"));

        assertEquals(
                SetRequest.builder()
                        .prompts("a house", "a fish")
                        .seed(4711L)
                        .width(128)
                        .height(128)
                        .attentionOptions(Map.of("adain-queries", true, "score-scale", 1.0))
                        .chunk(2)
                        .dtype("float32")
                        .device("cpu")
                        .build(),
                settled);
        assertEquals(settled, resolve(settled.but()));
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
                The cfg-scale must be 0 or more, not NaN.
                The chunk must be 1 or more, not 0.
                The seed must be from 0 to 9007199254740989, not -1.
                The steps must be fewer than the 1000 that the model was trained with, not 1000.
                The width must be a multiple of 4 from 4 to 4096, not 130.
                The height must be a multiple of 4 from 4 to 4096, not 100000.
                There is no sampler 'magic'; known are ddim, euler.
                There is no device 'cuda:1'; the engine finds 1 GPUs.
                There is no dtype 'int8'; known are float32, bfloat16.
                There is no attention 'mosaic'; known are none, shared.""", fault.getMessage());
        assertEquals(Code.INVALID_REQUEST, fault.code());
    }

    @Test
    void needsAPrompt() {
        assertEquals(
                "At least one prompt is needed, one for each picture.",
                assertThrows(AtelierException.class, () -> resolve(SetRequest.builder()))
                        .getMessage());
    }

    @Test
    void tellsAFaultOfTheModelByItsOwnKind() {
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> resolve(SetRequest.builder().prompts("a cat").model("none")));

        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
    }

    @ParameterizedTest
    @CsvSource({"128,4,4", "128,2,2", "1024,8,2", "2048,8,1", "4096,8,1"})
    void takesAsManyAtOnceAsSuitTheMemory(int side, int pictures, int chunk) {
        SetRequest settled = resolve(SetRequest.builder()
                .prompts(Collections.nCopies(pictures, "a cat"))
                .width(side)
                .height(side));

        assertEquals(chunk, settled.chunk());
    }

    @Test
    void choosesForAGpu() {
        assertEquals(
                List.of("cuda:0", "bfloat16"),
                List.of(
                        resolve(SetRequest.builder().prompts("a cat").device("cuda:0"))
                                .device(),
                        resolve(SetRequest.builder().prompts("a cat").device("cuda:0"))
                                .dtype()));
    }

    private SetRequest resolve(SetRequest.Builder request) {
        return resolver.resolve(request.build()).request();
    }
}
