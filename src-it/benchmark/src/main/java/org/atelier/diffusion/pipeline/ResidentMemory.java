package org.atelier.diffusion.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The resident memory of this process on Linux. */
final class ResidentMemory {

    private static final double KIB_PER_GIB = 1 << 20;

    private ResidentMemory() {}

    /** The peak resident memory in GiB, including resident pages of mapped files. */
    static double peak() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String peak =
                    lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("[^0-9]", "")) / KIB_PER_GIB;
        }
    }
}
