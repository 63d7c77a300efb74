package org.atelier.it.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetRequest;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** An evaluation that blocks during generation or measuring until it is released. */
public final class HeldEvaluation implements EvaluationListener {

    private static final long TIMEOUT_SECONDS = 120;

    private final BundleContext context =
            FrameworkUtil.getBundle(HeldEvaluation.class).getBundleContext();
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("rawtypes") // registered under the raw type
    private final ServiceRegistration<Consumer> notes;

    private final boolean holdsWhileGenerating;
    private final CountDownLatch inTheMiddle = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    HeldEvaluation(boolean holdsWhileGenerating) {
        this.holdsWhileGenerating = holdsWhileGenerating;
        Consumer<String> note = this::record;
        notes = context.registerService(Consumer.class, note, FrameworkUtil.asDictionary(Map.of()));
    }

    private void record(String sentence) {
        messages.add(sentence);
        if (sentence.equals("measures")) {
            hold();
        }
    }

    /** Starts the evaluation on its own thread and waits until it blocks. */
    HeldEvaluation begin() throws Exception {
        Path folder = Files.createTempDirectory("atelier-held-");
        new Thread(() -> evaluate(folder), "held evaluation").start();
        await(inTheMiddle);
        return this;
    }

    /** Releases it. @return the messages of the metric, and "complete" or the error */
    String end() throws Exception {
        letGo.countDown();
        String end = outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        notes.unregister();
        return messages.stream().distinct().toList() + " " + end;
    }

    private void evaluate(Path folder) {
        SetRequest set = SetRequest.builder()
                .prompts("a house", "a fish")
                .seed(1L)
                .steps(2)
                .width(64)
                .height(64)
                .build();
        try {
            Evaluator evaluator = context.getService(context.getServiceReference(Evaluator.class));
            evaluator.evaluate(new EvaluationRequest(Experiment.ABLATION, set, 1, List.of()), folder, this);
            outcome.complete("complete");
        } catch (AtelierException e) {
            outcome.complete(e.code() + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        } finally {
            inTheMiddle.countDown();
        }
    }

    @Override
    public void progressed(Progress progress) {
        if (holdsWhileGenerating && progress.phase() == Progress.Phase.GENERATING) {
            hold();
        }
    }

    /** Blocks on the first call only. */
    private void hold() {
        inTheMiddle.countDown();
        await(letGo);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing happens");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
