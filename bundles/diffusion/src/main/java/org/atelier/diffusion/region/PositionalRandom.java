package org.atelier.diffusion.region;

/**
 * Random numbers that depend on a seed and a position alone, so that they are the same in any order. SplitMix64, Steele
 * et al. 2014, Fast Splittable Pseudorandom Number Generators.
 */
final class PositionalRandom {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private PositionalRandom() {}

    /** 64 random bits. */
    static long bits(long seed, long... position) {
        long state = mixed(seed);
        for (long coordinate : position) {
            state = mixed(state + GOLDEN_GAMMA * (coordinate + 1));
        }
        return state;
    }

    /** A random integer from 0 to {@code bound} - 1. */
    static int below(int bound, long seed, long... position) {
        return (int) Long.remainderUnsigned(bits(seed, position), bound);
    }

    /** A random number from 0 to 1, of 24 bits. */
    static float fraction(long seed, long... position) {
        return (bits(seed, position) >>> 40) * 0x1p-24f;
    }

    private static long mixed(long bits) {
        long first = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
