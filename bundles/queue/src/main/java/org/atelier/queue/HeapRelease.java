package org.atelier.queue;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Returns unused heap to the operating system after a job. Large input images, of 256 MB each for 64 megapixels, grow it to
 * gigabytes, and the collector shrinks it only at a full collection, which a small live set does not cause.
 */
final class HeapRelease {

    /** The committed heap, in bytes, from which a full collection is worth its time. */
    private static final long MIN_COMMITTED = 512L << 20;

    private final LongSupplier committed;
    private final Runnable fullCollection;

    /**
     * @param committed size of the heap in bytes
     * @param fullCollection collects garbage and shrinks the heap
     */
    HeapRelease(LongSupplier committed, Runnable fullCollection) {
        this.committed = committed;
        this.fullCollection = fullCollection;
    }

    static HeapRelease ofThisProcess() {
        return new HeapRelease(
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted(), System::gc);
    }

    /** Called after each job. */
    void release() {
        if (committed.getAsLong() >= MIN_COMMITTED) {
            fullCollection.run();
        }
    }
}
