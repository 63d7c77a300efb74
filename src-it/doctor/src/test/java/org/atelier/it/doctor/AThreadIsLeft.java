package org.atelier.it.doctor;

import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;

/** A bundle is stopped that does not end its thread; then the thread ends all the same. */
public final class AThreadIsLeft implements Callable<List<List<String>>> {

    private final DoctorEnvironment environment = new DoctorEnvironment();

    @Override
    public List<List<String>> call() throws Exception {
        environment.installAll();
        Bundle leaky = environment.bundle("test.leaky");
        List<String> running = threads();
        leaky.stop();
        List<String> left = threads();
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("drips"))
                .findFirst()
                .orElseThrow();
        thread.interrupt();
        thread.join(20_000);
        List<String> ended = threads();
        leaky.uninstall();
        return List.of(running, left, ended);
    }

    private List<String> threads() {
        return environment.examine().stream()
                .filter(line -> line.startsWith("FAULT threads"))
                .toList();
    }
}
