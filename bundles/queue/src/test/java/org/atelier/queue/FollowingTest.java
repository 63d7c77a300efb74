package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FollowingTest {

    private static final BufferedImage IMAGE = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

    @TempDir
    private Path data;

    private Atelier atelier;

    @BeforeEach
    void open() {
        atelier = Atelier.at(data, Atelier.LIMITS);
    }

    /** Records what it receives, and lets no call continue before the test says so. */
    private static class Slow implements JobListener {

        final BlockingQueue<Job> told = new LinkedBlockingQueue<>();
        final BlockingQueue<Preview> previews = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> permits = new LinkedBlockingQueue<>();

        @Override
        public void changed(Job job) {
            told.add(job);
            await();
        }

        @Override
        public boolean wantsPreviews() {
            return true;
        }

        @Override
        public void previewed(Preview preview) {
            previews.add(preview);
            await();
        }

        private void await() {
            try {
                permits.poll(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Slow goOn() {
            permits.add(true);
            return this;
        }

        Job next() throws InterruptedException {
            return told.poll(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        Preview nextPreview() throws InterruptedException {
            return previews.poll(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Progress generation(int done) {
        return new Progress(Progress.Phase.GENERATING, done, 100);
    }

    @Test
    void tellsHowItIsThenWhatChanges() throws Exception {
        atelier.submit("first");
        Job waits = atelier.submit("second");
        Slow slow = new Slow().goOn().goOn();

        atelier.queue.follow(waits.id(), slow);

        assertEquals(1, slow.next().position());
        Sitting first = atelier.studio.next();
        first.finish();
        Job begun = slow.next();
        assertEquals(State.RUNNING, begun.state());
        assertEquals(0, begun.position());
    }

    @Test
    void aSlowListenerDelaysNobodyAndIsToldTheLatestAndTheEnd() throws Exception {
        Job job = atelier.submit("a fish");
        Slow slow = new Slow();
        atelier.queue.follow(job.id(), slow);
        assertEquals(State.RUNNING, slow.next().state());

        Sitting sitting = atelier.studio.next();
        for (int step = 1; step <= 50; step++) {
            Progress progress = generation(step);
            sitting.tell(listener -> listener.progressed(progress));
        }
        atelier.await(job, now -> generation(50).equals(now.progress()));
        assertTrue(slow.told.isEmpty());

        slow.goOn();
        assertEquals(generation(50), slow.next().progress());
        sitting.finish();
        atelier.await(job, State.COMPLETED);
        slow.goOn();
        assertEquals(State.COMPLETED, slow.next().state());
        slow.goOn().goOn();
        assertTrue(slow.told.isEmpty());
    }

    @Test
    void aListenerThatThrowsIsToldNothingMoreAndHarmsNobody() throws Exception {
        Job job = atelier.submit("a fish");
        AtomicInteger calls = new AtomicInteger();
        atelier.queue.follow(job.id(), now -> {
            calls.incrementAndGet();
            throw new IllegalStateException("the connection is gone");
        });
        atelier.await(job, now -> calls.get() == 1);

        Sitting sitting = atelier.studio.next();
        sitting.tell(listener -> listener.progressed(generation(1)));
        sitting.finish();

        atelier.await(job, State.COMPLETED);
        assertEquals(1, calls.get());
    }

    @Test
    void decodesAPreviewOnlyForOneWhoIsReadyForIt() throws Exception {
        Job job = atelier.submit("a fish");
        Sitting sitting = atelier.studio.next();
        AtomicInteger decoded = new AtomicInteger();
        sitting.tell(listener -> preview(listener, 1, decoded)).tell(listener -> listener.progressed(generation(1)));
        atelier.await(job, now -> generation(1).equals(now.progress()));
        assertEquals(0, decoded.get());

        Slow slow = new Slow().goOn();
        atelier.queue.follow(job.id(), slow);
        sitting.tell(listener -> preview(listener, 2, decoded));
        Preview shown = slow.nextPreview();
        assertEquals(2, shown.step());
        assertSame(IMAGE, shown.decoder().get());
        for (int step = 3; step < 10; step++) {
            int now = step;
            sitting.tell(listener -> preview(listener, now, decoded));
        }
        sitting.tell(listener -> listener.progressed(generation(10)));
        atelier.await(job, now -> generation(10).equals(now.progress()));
        assertEquals(1, decoded.get());
        sitting.finish();
    }

    @Test
    void aSetIsNotLostForAPreview() throws Exception {
        Job job = atelier.submit("a fish");
        Sitting sitting = atelier.studio.next();
        atelier.queue.follow(job.id(), new Slow().goOn());
        sitting.tell(listener -> listener.previewed(new Preview(0, 1, 8, () -> {
            throw new AtelierException(Code.OUT_OF_MEMORY, "Too large.");
        })));
        sitting.finish();

        assertNull(atelier.await(job, State.COMPLETED).fault());
    }

    private static void preview(SetListener listener, int step, AtomicInteger decoded) {
        listener.previewed(new Preview(0, step, 100, () -> {
            decoded.incrementAndGet();
            return IMAGE;
        }));
    }

    @Test
    void noCallBeginsAfterTheEndOfFollowing() throws Exception {
        Job job = atelier.submit("a fish");
        Sitting sitting = atelier.studio.next();
        Slow slow = new Slow();
        SetQueue.Following following = atelier.queue.follow(job.id(), slow);
        slow.next();
        CountDownLatch closed = new CountDownLatch(1);
        new Thread(() -> {
                    following.close();
                    closed.countDown();
                })
                .start();
        assertEquals(1, closed.getCount());
        slow.goOn();
        assertTrue(closed.await(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS));
        slow.told.clear();

        sitting.finish();

        atelier.await(job, State.COMPLETED);
        assertTrue(slow.told.isEmpty());
    }

    @Test
    void aListenerMayEndItsOwnFollowing() throws Exception {
        Job job = atelier.submit("a fish");
        BlockingQueue<SetQueue.Following> own = new LinkedBlockingQueue<>();
        CountDownLatch closed = new CountDownLatch(1);
        own.add(atelier.queue.follow(job.id(), now -> {
            try {
                own.take().close();
                closed.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));

        assertTrue(closed.await(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void knowsNoOtherJobs() {
        assertEquals(
                Code.JOB_NOT_FOUND,
                assertThrows(AtelierException.class, () -> atelier.queue.follow("none", now -> {}))
                        .code());
    }
}
