package org.atelier.web.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The file descriptors of a process.
 *
 * @param limit how many it may have open
 * @param open how many it has open
 */
record FileDescriptors(long limit, long open) {

    /** Reserved for the sets that are generated: models, input files, images, journals. */
    private static final int RESERVED = 64;

    private static final int MIN_CONNECTIONS = 8;
    private static final int MAX_CONNECTIONS = 256;

    /** Returns those of this process; unlimited if the system does not count them. */
    static FileDescriptors ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new FileDescriptors(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : new FileDescriptors(Long.MAX_VALUE, 0);
    }

    /** Returns how many connections leave enough descriptors for everything else. */
    int connections() {
        return (int) Math.max(MIN_CONNECTIONS, Math.min(MAX_CONNECTIONS, limit - open - RESERVED));
    }
}
