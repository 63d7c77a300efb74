package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a listener receives while images are generated, and how it cancels. */
class GenerationListenerTest {

    private static final GenerationSpec SPEC = new GenerationSpec(
            ImageSpec.each(List.of("a house", "a fish", "a cat", "a boat"), 3, 32, 32),
            null,
            TestSamplers.named("euler"),
            3,
            5,
            2,
            StyleWindow.ALL_STEPS,
            null);

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /** Records what it receives. */
    private static class EventRecorder implements GenerationListener {
        final List<String> read = new ArrayList<>();
        final List<String> generated = new ArrayList<>();
        final List<String> predicted = new ArrayList<>();

        @Override
        public void promptsEncoded(int done, int total) {
            read.add(done + "/" + total);
        }

        @Override
        public void denoisingAdvanced(int done, int total) {
            generated.add(done + "/" + total);
        }

        @Override
        public void previewed(int image, int step, int steps, Supplier<BufferedImage> prediction) {
            predicted.add(image + " at " + step + "/" + steps);
        }
    }

    @Test
    void receivesEveryPromptPassAndPreview() {
        EventRecorder recorder = new EventRecorder();
        LOADED.pipeline().generate(SPEC, Strategies.shared(), recorder).close();
        assertEquals(List.of("1/4", "2/4", "3/4", "4/4"), recorder.read);
        // At each of three steps the reference, a chunk of two targets and a chunk of one.
        assertEquals(
                List.of("1/12", "3/12", "4/12", "5/12", "7/12", "8/12", "9/12", "11/12", "12/12"), recorder.generated);
        List<String> predicted = new ArrayList<>();
        for (int step = 1; step <= 3; step++) {
            for (int image = 0; image < 4; image++) {
                predicted.add(image + " at " + step + "/3");
            }
        }
        assertEquals(predicted, recorder.predicted);
    }

    @Test
    void theLastPreviewIsTheImage() {
        List<BufferedImage> last = new ArrayList<>();
        List<BufferedImage> first = new ArrayList<>();
        GenerationListener previews = new GenerationListener() {
            @Override
            public void previewed(int image, int step, int steps, Supplier<BufferedImage> prediction) {
                if (step == 1) {
                    first.add(prediction.get());
                } else if (step == steps) {
                    last.add(prediction.get());
                }
            }
        };
        // Euler ends without noise, so its last prediction is the image.
        try (GeneratedLatents generated = LOADED.pipeline().generate(SPEC, Strategies.shared(), previews)) {
            for (int image = 0; image < generated.count(); image++) {
                BufferedImage finished = generated.image(image);
                assertEquals(32, first.get(image).getWidth());
                assertTrue(furthest(finished, first.get(image)) > 1, "the first preview differs from the image");
                assertTrue(furthest(finished, last.get(image)) <= 1, "the last preview equals the image");
            }
        }
    }

    private static int furthest(BufferedImage a, BufferedImage b) {
        int[] levels = a.getRaster().getPixels(0, 0, a.getWidth(), a.getHeight(), (int[]) null);
        int[] others = b.getRaster().getPixels(0, 0, b.getWidth(), b.getHeight(), (int[]) null);
        int furthest = 0;
        for (int i = 0; i < levels.length; i++) {
            furthest = Math.max(furthest, Math.abs(levels[i] - others[i]));
        }
        return furthest;
    }

    /** Counts the passes and records every manager of the set. */
    private static final class ManagerRecorder implements AttentionStrategy {
        private final Set<NDManager> managers = new LinkedHashSet<>();
        private int passes;

        @Override
        public Attention at(AttentionLayer layer) {
            return layer.kind() == Kind.SELF && layer.index() == 0 ? this::attend : Attention.plain();
        }

        private NDArray attend(AttentionCall call) {
            passes++;
            managers.add(call.references().get(0).heads().key().getManager());
            NDManager manager = call.own().query().getManager();
            while (!(manager instanceof NDManager.SystemNDManager)) {
                managers.add(manager);
                manager = manager.getParentManager();
            }
            return Attention.plain().attend(call);
        }
    }

    @Test
    void cancelsBeforeTheNextPassAndFreesAllMemory() {
        ManagerRecorder managerRecorder = new ManagerRecorder();
        EventRecorder cancelling = new EventRecorder() {
            @Override
            public boolean cancelled() {
                return generated.contains("7/12");
            }
        };
        AtelierException cancelled = assertThrows(
                AtelierException.class, () -> LOADED.pipeline().generate(SPEC, managerRecorder, cancelling));
        assertEquals(AtelierException.Code.CANCELLED, cancelled.code());
        assertEquals("The set was cancelled at step 2.", cancelled.getMessage());
        assertEquals(5, cancelling.generated.size(), "no pass after the cancellation");
        // Three target passes, each with both halves of guidance.
        assertEquals(6, managerRecorder.passes);
        assertTrue(managerRecorder.managers.size() > 3);
        managerRecorder.managers.forEach(
                manager -> assertFalse(manager.isOpen(), "memory of the cancelled set is still held"));
    }

    @Test
    void aListenerThatCancelsAtOnceReceivesNoPass() {
        EventRecorder cancelling = new EventRecorder() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThrows(AtelierException.class, () -> LOADED.pipeline().generate(SPEC, Strategies.shared(), cancelling));
        assertEquals(List.of(), cancelling.generated);
    }
}
