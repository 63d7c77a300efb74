package org.atelier.it.studio;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;

/** Deploys, updates and undeploys a plugin again and again, each time while a set draws with it. */
public final class Replacing implements Callable<List<Long>> {

    private static final int CYCLES = 20;

    private final Easel easel = new Easel();

    /** @return the bytes of metaspace after each cycle */
    @Override
    public List<Long> call() throws Exception {
        List<Long> metaspace = new ArrayList<>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Bundle bundle = easel.install("traced-1");
            HeldSet first = easel.begin("traced");
            Stopping update = new Stopping(() -> {
                bundle.update(easel.open("traced-2"));
                return bundle;
            });
            expect(first, "1.0.0", update.waits());
            HeldSet second = easel.begin("traced");
            Stopping uninstall = new Stopping(() -> {
                bundle.uninstall();
                return bundle;
            });
            expect(second, "2.0.0", uninstall.waits());
            metaspace.add(metaspace());
        }
        return metaspace;
    }

    private void expect(HeldSet set, String version, Stopping stopping) throws Exception {
        String outcome = set.end();
        stopping.ends();
        Set<String> versions = easel.versions();
        if (!outcome.equals("complete") || !versions.equals(Set.of(version))) {
            throw new IllegalStateException("a set of " + version + " is " + outcome + ", drawn by " + versions);
        }
    }

    private static long metaspace() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
