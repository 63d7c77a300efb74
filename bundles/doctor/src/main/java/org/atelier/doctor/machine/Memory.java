package org.atelier.doctor.machine;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.atelier.text.ByteCount;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The machine's memory against what the models need, and Java's own heap. */
@Component(property = {HealthCheck.NAME + "=memory", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class Memory implements HealthCheck {

    /** Weights, and about half as much again for what passes through the network. */
    private static final double WORKING = 1.5;

    /** Images, control images and previews of a set lie in it; the tensors do not. */
    private static final long LEAST_HEAP = 256_000_000L;

    private static final double FULL = 0.9;

    private final ModelFiles models;
    private final long physical;
    private final long heap;
    private final long used;

    @Activate
    public Memory(@Reference ModelFiles models) {
        this(
                models,
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getTotalMemorySize(),
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }

    /**
     * @param physical bytes of the machine, or of the container
     * @param heap bytes that Java's heap may have
     * @param used bytes of the heap that are taken
     */
    Memory(ModelFiles models, long physical, long heap, long used) {
        this.models = models;
        this.physical = physical;
        this.heap = heap;
        this.used = used;
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        List<InstalledModel> generation = models.installed().stream()
                .filter(model -> model.kind().equals("images"))
                .toList();
        for (InstalledModel model : generation) {
            if (physical < model.bytes() * WORKING) {
                findings.warning(
                        "model " + model.name(),
                        "Its files are %s, and the machine has %s of memory."
                                .formatted(ByteCount.of(model.bytes()), ByteCount.of(physical)),
                        "Generate with --dtype bfloat16 and --chunk 1, or on a machine with more.");
            }
        }
        if (heap < LEAST_HEAP) {
            findings.warning(
                    "Java's heap",
                    "It may have %s only.".formatted(ByteCount.of(heap)),
                    "Give it more: JAVA_OPTS=-Xmx512m.");
        } else if (used > heap * FULL) {
            findings.warning(
                    "Java's heap",
                    "%s of %s are taken.".formatted(ByteCount.of(used), ByteCount.of(heap)),
                    "Give it more by JAVA_OPTS=-Xmx, or start Atelier again.");
        }
        findings.fine(
                "memory",
                "The machine has %s, Java's heap may have %s.".formatted(ByteCount.of(physical), ByteCount.of(heap)));
        return findings.result();
    }
}
