package org.atelier.it.harness.mutation;

import java.util.List;
import java.util.random.RandomGenerator;

/** Changes an input. */
@FunctionalInterface
public interface Mutation {

    /**
     * Returns a changed copy.
     *
     * @param corpus valid inputs, of which parts may be taken
     */
    byte[] of(byte[] input, List<byte[]> corpus, RandomGenerator random);

    /** Returns a mutation that applies another several times, mostly few. */
    default Mutation repeated() {
        return (input, corpus, random) -> {
            byte[] changed = input;
            int times = 1 << (random.nextInt(16) / 5);
            for (int i = 0; i < times; i++) {
                changed = of(changed, corpus, random);
            }
            return changed;
        };
    }

    /** Returns a mutation that repairs what this one made inconsistent, in most cases. */
    default Mutation repairedBy(Repair repair) {
        return (input, corpus, random) -> {
            byte[] changed = of(input, corpus, random);
            return random.nextInt(4) == 0 ? changed : repair.of(changed);
        };
    }

    /** Restores lengths and checksums, so that a reader gets beyond them. */
    @FunctionalInterface
    interface Repair {
        byte[] of(byte[] input);
    }
}
