package org.atelier.it.doctor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.felix.hc.api.Result;

/** Everything that is deployed and configured in vain, examined twice: the second time no thread more is kept. */
public final class AllFaults implements Callable<List<List<String>>> {

    private final DoctorEnvironment environment = new DoctorEnvironment();

    @Override
    public List<List<String>> call() throws Exception {
        environment.configure(
                "org.atelier.plugins", Map.of("start.timeout", "1", "drain.timeout", "-1", "drain.timout", "5"));
        environment.configure("org.atelier.attention.none.NoSharing", Map.of("level", "high"));
        environment.configure("org.atelier.stduio", Map.of("checkpoint.seconds", "1"));
        environment.configure("org.example.unread", Map.of("a", "b"));
        environment.registerCheck(() -> new Result(Result.Status.WARN, "The red is low."), "paint shop");
        environment.installAll();
        List<String> first = environment.examine();
        List<String> looping = looping();
        environment.removeJar("never-starts.jar");
        List<String> second = environment.examine();
        List<String> refused = environment.refused();
        environment.interruptStarts();
        return List.of(first, second, looping, looping(), refused);
    }

    private static List<String> looping() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("looping"))
                .toList();
    }
}
