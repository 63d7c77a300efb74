package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConcurrencyTest {

    private static final int CLIENTS = 16;
    private static final int SETS_OF_EACH = 12;

    @TempDir
    private Path data;

    @Test
    void generatesCancelsOrRefusesEverySetOfManyClients() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.limits(30, 1000, 1));
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        AtomicInteger received = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS + 1);
        Future<?> generator = pool.submit(() -> generateAll(atelier));
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client " + client;
            clients.add(pool.submit(() -> {
                Random random = new Random(name.hashCode());
                for (int set = 0; set < SETS_OF_EACH; set++) {
                    try {
                        Job job = atelier.submit(name + " " + set, name);
                        accepted.add(job.id());
                        atelier.queue.subscribe(job.id(), now -> received.incrementAndGet());
                        if (random.nextInt(4) == 0) {
                            atelier.queue.cancel(job.id());
                            atelier.queue.resume(job.id());
                        }
                    } catch (AtelierException e) {
                        assertEquals(Code.QUEUE_FULL, e.code());
                        refused.incrementAndGet();
                    }
                    assertTrue(generated(atelier) <= 1, "two at once");
                }
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
        for (Job job : atelier.queue.jobs()) {
            atelier.await(job, now -> now.state().isEnd());
        }
        generator.cancel(true);
        pool.shutdown();

        List<Job> jobs = atelier.queue.jobs();
        Set<String> known = new HashSet<>();
        jobs.forEach(job -> known.add(job.id()));
        assertEquals(accepted, known);
        assertTrue(received.get() > 0);
        assertTrue(refused.get() > 0, "too few submissions to fill the queue");
        atelier.stop();
        assertEquals(jobs, atelier.restarted().queue.jobs());
    }

    private static long generated(Atelier atelier) {
        return atelier.queue.jobs().stream()
                .filter(job -> job.state() == State.RUNNING)
                .count();
    }

    private static Void generateAll(Atelier atelier) throws InterruptedException {
        while (true) {
            ScriptedSet set = atelier.studio.next();
            set.pass();
            set.finish();
        }
    }
}
