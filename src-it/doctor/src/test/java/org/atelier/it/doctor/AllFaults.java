package org.atelier.it.doctor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.felix.hc.api.Result;

/** Everything that is deployed and configured in vain, examined twice: the second time no thread more is kept. */
public final class AllFaults implements Callable<List<List<String>>> {

    private final Ward ward = new Ward();

    @Override
    public List<List<String>> call() throws Exception {
        ward.configure("org.atelier.plugins", Map.of("start.timeout", "1", "drain.timeout", "-1", "drain.timout", "5"));
        ward.configure("org.atelier.attention.none.NoSharing", Map.of("level", "high"));
        ward.configure("org.atelier.stduio", Map.of("checkpoint.seconds", "1"));
        ward.configure("org.example.unread", Map.of("a", "b"));
        ward.employ(() -> new Result(Result.Status.WARN, "The red is low."), "paint shop");
        ward.admit();
        List<String> first = ward.examine();
        List<String> looping = looping();
        ward.takeAway("never-starts.jar");
        List<String> second = ward.examine();
        List<String> refused = ward.refused();
        ward.discharge();
        return List.of(first, second, looping, looping(), refused);
    }

    private static List<String> looping() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("looping"))
                .toList();
    }
}
