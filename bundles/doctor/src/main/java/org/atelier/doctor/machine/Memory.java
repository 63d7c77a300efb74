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

/** Compares the memory of the machine with the size of the models, and checks Java's heap. */
@Component(property = {HealthCheck.NAME + "=memory", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class Memory implements HealthCheck {

    /** The factor for weights and activations. */
    private static final double WORKING = 1.5;

    /** The heap holds images, control images and previews of a set, but no tensors. */
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
     * @param physical the memory of the machine or the container, in bytes
     * @param heap the maximum size of Java's heap, in bytes
     * @param used the used part of the heap, in bytes
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
                    "Its maximum is only %s.".formatted(ByteCount.of(heap)),
                    "Increase it: JAVA_OPTS=-Xmx512m.");
        } else if (used > heap * FULL) {
            findings.warning(
                    "Java's heap",
                    "%s of %s are used.".formatted(ByteCount.of(used), ByteCount.of(heap)),
                    "Increase it with JAVA_OPTS=-Xmx, or restart Atelier.");
        }
        findings.fine(
                "memory",
                "The machine has %s, Java's heap at most %s.".formatted(ByteCount.of(physical), ByteCount.of(heap)));
        return findings.result();
    }
}
