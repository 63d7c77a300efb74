package org.atelier.diffusion;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many pictures pass the network together when nobody says. */
final class ChunkSize {

    /** More at once are no faster: the processor is busy, and its caches are full. */
    private static final int LARGEST = 4;

    /**
     * What a pass holds of one picture at most, both halves of guidance, in feature maps of the first level: the skip
     * connections, and the widest block's intermediate results.
     */
    private static final int FEATURE_MAPS = 80;

    private ChunkSize() {}

    /** @param featureMap bytes of one picture's feature map at the first level, without guidance */
    static int within(Device device, long featureMap) {
        long fits = free(device) / 2 / (FEATURE_MAPS * featureMap);
        return (int) Math.max(1, Math.min(LARGEST, fits));
    }

    private static long free(Device device) {
        if (device.isGpu()) {
            return CudaUtils.getGpuMemory(device).getMax()
                    - CudaUtils.getGpuMemory(device).getCommitted();
        }
        Path memory = Path.of("/proc/meminfo");
        if (Files.isReadable(memory)) {
            try (Stream<String> lines = Files.lines(memory)) {
                // "MemAvailable:   12345678 kB" counts what the file cache would give back.
                return lines.filter(line -> line.startsWith("MemAvailable:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
            } catch (IOException e) {
                return Long.MAX_VALUE;
            }
        }
        return Long.MAX_VALUE;
    }
}
