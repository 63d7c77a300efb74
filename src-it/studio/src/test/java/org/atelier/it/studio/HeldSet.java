package org.atelier.it.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.Studio;

/** A set that stops in the middle of being generated until it is let go. */
public final class HeldSet implements SetListener {

    private static final long TIMEOUT_SECONDS = 120;

    private final Studio studio;
    private final SetRequest request;
    private final CountDownLatch generation = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private Runnable meanwhile = () -> {};

    HeldSet(Studio studio, String attention) {
        this.studio = studio;
        SetRequestBuilder builder = SetRequest.builder()
                .prompts("a house", "a fish")
                .seed(1L)
                .steps(3)
                .width(64)
                .height(64);
        if (attention.startsWith("partial of ")) {
            builder.attention("partial").attentionOption("of", attention.substring("partial of ".length()));
        } else {
            builder.attention(attention);
        }
        this.request = builder.build();
    }

    /** Generates on a thread of its own, and waits until it does. */
    HeldSet begin() throws IOException {
        Path folder = Files.createTempDirectory("atelier-held-");
        new Thread(() -> generate(folder), "held set").start();
        await(generation);
        return this;
    }

    /** Generates on this thread, and does something in the middle of it. */
    String generate(Runnable inTheMiddle) throws IOException {
        meanwhile = inTheMiddle;
        letGo.countDown();
        generate(Files.createTempDirectory("atelier-held-"));
        return outcome.join();
    }

    /** Lets the set continue. @return "complete", or the reason why it is not */
    String end() throws Exception {
        letGo.countDown();
        return outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void generate(Path folder) {
        try {
            GeneratedSet set = studio.generate(request, folder, this);
            outcome.complete(set.images().size() == 2 && Files.exists(set.record()) ? "complete" : "incomplete");
        } catch (AtelierException e) {
            outcome.complete(e.code() + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        } finally {
            generation.countDown();
        }
    }

    @Override
    public void progressed(Progress progress) {
        if (progress.phase() == Progress.Phase.GENERATING && generation.getCount() > 0) {
            generation.countDown();
            meanwhile.run();
            await(letGo);
        }
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
