package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
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
class SubscriptionTest {

    private static final BufferedImage IMAGE = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

    @TempDir
    private Path data;

    private Atelier atelier;

    @BeforeEach
    void open() {
        atelier = Atelier.at(data, Atelier.LIMITS);
    }

    /** Records each call, and blocks it until the test lets it proceed. */
    private static class Slow implements JobListener {

        final BlockingQueue<Job> received = new LinkedBlockingQueue<>();
        final BlockingQueue<Preview> previews = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> permits = new LinkedBlockingQueue<>();

        @Override
        public void changed(Job job) {
            received.add(job);
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
                permits.poll(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Slow proceed() {
            permits.add(true);
            return this;
        }

        Job next() throws InterruptedException {
            return received.poll(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }

        Preview nextPreview() throws InterruptedException {
            return previews.poll(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Progress generation(int done) {
        return new Progress(Progress.Phase.GENERATING, done, 100);
    }

    @Test
    void sendsTheCurrentStateThenChanges() throws Exception {
        atelier.submit("first");
        Job waits = atelier.submit("second");
        Slow slow = new Slow().proceed().proceed();

        atelier.queue.subscribe(waits.id(), slow);

        assertEquals(1, slow.next().position());
        ScriptedSet first = atelier.studio.next();
        first.finish();
        Job begun = slow.next();
        assertEquals(State.RUNNING, begun.state());
        assertEquals(0, begun.position());
    }

    @Test
    void aSlowListenerDelaysNobodyAndReceivesTheLatestStateAndTheEnd() throws Exception {
        Job job = atelier.submit("a fish");
        Slow slow = new Slow();
        atelier.queue.subscribe(job.id(), slow);
        assertEquals(State.RUNNING, slow.next().state());

        ScriptedSet set = atelier.studio.next();
        for (int step = 1; step <= 50; step++) {
            Progress progress = generation(step);
            set.call(listener -> listener.progressed(progress));
        }
        atelier.await(job, now -> generation(50).equals(now.progress()));
        assertTrue(slow.received.isEmpty());

        slow.proceed();
        assertEquals(generation(50), slow.next().progress());
        set.finish();
        atelier.await(job, State.COMPLETED);
        slow.proceed();
        assertEquals(State.COMPLETED, slow.next().state());
        slow.proceed().proceed();
        assertTrue(slow.received.isEmpty());
    }

    @Test
    void aListenerThatThrowsIsUnsubscribedAndAffectsNobody() throws Exception {
        Job job = atelier.submit("a fish");
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(1);
        atelier.queue.subscribe(job.id(), now -> {
            calls.incrementAndGet();
            called.countDown();
            throw new IllegalStateException("the connection is gone");
        });
        assertTrue(called.await(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS));

        ScriptedSet set = atelier.studio.next();
        set.call(listener -> listener.progressed(generation(1)));
        set.finish();

        atelier.await(job, State.COMPLETED);
        assertEquals(1, calls.get());
    }

    @Test
    void decodesAPreviewOnlyForAListenerThatIsReady() throws Exception {
        Job job = atelier.submit("a fish");
        ScriptedSet set = atelier.studio.next();
        AtomicInteger decoded = new AtomicInteger();
        set.call(listener -> preview(listener, 1, decoded)).call(listener -> listener.progressed(generation(1)));
        atelier.await(job, now -> generation(1).equals(now.progress()));
        assertEquals(0, decoded.get());

        Slow slow = new Slow().proceed();
        atelier.queue.subscribe(job.id(), slow);
        set.call(listener -> preview(listener, 2, decoded));
        Preview shown = slow.nextPreview();
        assertEquals(2, shown.step());
        assertSame(IMAGE, shown.decoder().get());
        for (int step = 3; step < 10; step++) {
            int now = step;
            set.call(listener -> preview(listener, now, decoded));
        }
        set.call(listener -> listener.progressed(generation(10)));
        atelier.await(job, now -> generation(10).equals(now.progress()));
        assertEquals(1, decoded.get());
        set.finish();
    }

    @Test
    void aFailingPreviewDoesNotFailTheSet() throws Exception {
        Job job = atelier.submit("a fish");
        ScriptedSet set = atelier.studio.next();
        atelier.queue.subscribe(job.id(), new Slow().proceed());
        set.call(listener -> listener.previewed(new Preview(0, 1, 8, () -> {
            throw new AtelierException(Code.OUT_OF_MEMORY, "Too large.");
        })));
        set.finish();

        assertNull(atelier.await(job, State.COMPLETED).fault());
    }

    private static void preview(SetListener listener, int step, AtomicInteger decoded) {
        listener.previewed(new Preview(0, step, 100, () -> {
            decoded.incrementAndGet();
            return IMAGE;
        }));
    }

    @Test
    void noCallBeginsAfterASubscriptionIsClosed() throws Exception {
        Job job = atelier.submit("a fish");
        ScriptedSet set = atelier.studio.next();
        Slow slow = new Slow();
        SetQueue.Subscription following = atelier.queue.subscribe(job.id(), slow);
        slow.next();
        CountDownLatch closed = new CountDownLatch(1);
        new Thread(() -> {
                    following.close();
                    closed.countDown();
                })
                .start();
        assertEquals(1, closed.getCount());
        slow.proceed();
        assertTrue(closed.await(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS));
        slow.received.clear();

        set.finish();

        atelier.await(job, State.COMPLETED);
        assertTrue(slow.received.isEmpty());
    }

    @Test
    void aListenerMayCloseItsOwnSubscription() throws Exception {
        Job job = atelier.submit("a fish");
        BlockingQueue<SetQueue.Subscription> own = new LinkedBlockingQueue<>();
        CountDownLatch closed = new CountDownLatch(1);
        own.add(atelier.queue.subscribe(job.id(), now -> {
            try {
                own.take().close();
                closed.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));

        assertTrue(closed.await(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void tellsOfEveryChangeOfTheQueueButNotOfProgress() throws Exception {
        BlockingQueue<List<State>> seen = new LinkedBlockingQueue<>();
        SetQueue.Subscription following = atelier.queue.subscribe(
                () -> seen.add(atelier.queue.jobs().stream().map(Job::state).toList()));
        Job job = atelier.submit("a fish");
        awaitLast(seen, List.of(State.RUNNING));
        ScriptedSet set = atelier.studio.next();
        seen.clear();
        set.call(listener -> listener.progressed(generation(1)));
        atelier.await(job, now -> generation(1).equals(now.progress()));
        assertTrue(seen.isEmpty());

        set.finish();
        awaitLast(seen, List.of(State.COMPLETED));
        following.close();
        seen.clear();
        Job next = atelier.submit("a boat");
        atelier.studio.next().finish();
        atelier.await(next, State.COMPLETED);
        assertTrue(seen.isEmpty());
    }

    /** A listener that is slow gets fewer calls, and one that throws gets no more; the queue goes on. */
    @Test
    void mergesChangesForASlowListenerAndForgetsOneThatThrows() throws Exception {
        AtomicInteger failing = new AtomicInteger();
        atelier.queue.subscribe(() -> {
            failing.incrementAndGet();
            throw new IllegalStateException("the connection is gone");
        });
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch permit = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        BlockingQueue<List<State>> seen = new LinkedBlockingQueue<>();
        atelier.queue.subscribe(() -> {
            if (calls.incrementAndGet() == 1) {
                called.countDown();
                awaitPermit(permit);
            }
            seen.add(atelier.queue.jobs().stream().map(Job::state).toList());
        });
        for (String prompt : List.of("a", "b", "c")) {
            Job job = atelier.submit(prompt);
            assertTrue(called.await(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS));
            atelier.studio.next().finish();
            atelier.await(job, State.COMPLETED);
        }

        permit.countDown();
        awaitLast(seen, List.of(State.COMPLETED, State.COMPLETED, State.COMPLETED));
        assertTrue(calls.get() <= 3, calls.toString());
        assertEquals(1, failing.get());
    }

    private static void awaitPermit(CountDownLatch permit) {
        try {
            assertTrue(permit.await(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLast(BlockingQueue<List<State>> seen, List<State> wanted) throws InterruptedException {
        List<State> next = seen.poll(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        while (next != null && !next.equals(wanted)) {
            next = seen.poll(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        assertEquals(wanted, next);
    }

    @Test
    void refusesUnknownJobs() {
        assertEquals(
                Code.JOB_NOT_FOUND,
                assertThrows(AtelierException.class, () -> atelier.queue.subscribe("none", now -> {}))
                        .code());
    }
}
