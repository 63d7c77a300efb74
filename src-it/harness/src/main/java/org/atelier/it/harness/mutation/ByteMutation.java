package org.atelier.it.harness.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes bytes and numbers, and cuts, repeats and mixes parts of binary files. */
public final class ByteMutation implements Mutation {

    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        3,
        4,
        7,
        8,
        16,
        255,
        256,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0x7fff_ffff,
        0x8000_0000L,
        0xffff_fffeL,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final int LARGEST = 1 << 20;

    @Override
    public byte[] of(byte[] input, List<byte[]> corpus, RandomGenerator random) {
        if (input.length == 0) {
            return corpus.get(random.nextInt(corpus.size())).clone();
        }
        int at = position(input, random);
        int length = Math.min(input.length - at, 1 + random.nextInt(1 << random.nextInt(1, 10)));
        return switch (random.nextInt(9)) {
            case 0 -> withByte(input, at, (byte) (input[at] ^ (1 << random.nextInt(8))));
            case 1 -> withByte(input, at, (byte) random.nextInt());
            case 2, 3 -> withNumber(input, at, random);
            case 4 -> joined(input, 0, at, input, at + length, input.length);
            case 5 -> random.nextInt(4) == 0 ? joined(input, 0, at, input, 0, 0) : input;
            case 6 -> input.length > LARGEST ? input : joined(input, 0, at + length, input, at, input.length);
            case 7 -> {
                byte[] other = corpus.get(random.nextInt(corpus.size()));
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                yield joined(input, 0, at, other, from, Math.min(other.length, from + length));
            }
            default -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                byte[] head = joined(input, 0, at, noise, 0, length);
                yield joined(head, 0, head.length, input, at, input.length);
            }
        };
    }

    /** Prefers the header. */
    private static int position(byte[] input, RandomGenerator random) {
        return random.nextInt(random.nextBoolean() ? Math.min(input.length, 128) : input.length);
    }

    private static byte[] withByte(byte[] input, int at, byte value) {
        byte[] changed = input.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] withNumber(byte[] input, int at, RandomGenerator random) {
        int width = 1 << random.nextInt(1, 4);
        if (at + width > input.length) {
            return input;
        }
        byte[] changed = input.clone();
        ByteBuffer bytes =
                ByteBuffer.wrap(changed).order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        switch (width) {
            case Short.BYTES -> bytes.putShort(at, (short) number);
            case Integer.BYTES -> bytes.putInt(at, (int) number);
            default -> bytes.putLong(at, number);
        }
        return changed;
    }

    private static byte[] joined(byte[] head, int from, int to, byte[] tail, int tailFrom, int tailTo) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head, from, to - from);
        all.write(tail, tailFrom, Math.max(0, tailTo - tailFrom));
        return all.toByteArray();
    }
}
