package org.atelier.models.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.Samples;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrupts valid files with seeded mutations: each either opens consistently or fails with one short, typed error. */
class SafetensorsFuzzTest {

    private static final int CASES = 6_000;
    private static final int LENGTH_BYTES = 8;
    private static final long MOST_ALLOCATED = 4_000_000;

    private static final String HEADER = """
            {"__metadata__":{"format":"pt","note":"\\u00e9"},\
            "conv.weight":{"dtype":"F16","shape":[2,3,1,1],"data_offsets":[0,12]},\
            "ids":{"dtype":"I64","shape":[1],"data_offsets":[12,20]},\
            "none":{"dtype":"F32","shape":[0,7],"data_offsets":[20,20]},\
            "scale":{"dtype":"BF16","shape":[],"data_offsets":[20,22]}}\s\s""";

    private static final List<String> ATTACKS = List.of(
            "-1",
            "0",
            "1",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "4611686018427387904",
            "1e3",
            "1.0",
            "-0",
            "1e999999999",
            "null",
            "true",
            "NaN",
            "\"\"",
            "\"F32\"",
            "\"F128\"",
            "[",
            "]",
            "{",
            "}",
            "[[[[[[[[",
            "{\"a\":".repeat(300),
            "[".repeat(5_000),
            ",",
            ":",
            "\"",
            "\\",
            "\\ud800",
            "\u0000",
            "\uFEFF",
            "//",
            "\"conv.weight\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]},",
            "\"shape\":[6],",
            "\"data_offsets\":[0,12],",
            "\"dtype\":\"F16\",",
            "9".repeat(4_000),
            ",1,1,1,1,1,1,1,1");

    private static final long[] LENGTHS = {
        -1,
        0,
        1,
        2,
        7,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        SafetensorsHeader.MAXIMUM_BYTES,
        SafetensorsHeader.MAXIMUM_BYTES + 1
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void opensOrRejectsACorruptedFileInOneLine(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] good = Samples.safetensors(HEADER, new byte[22]);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path file = folder.resolve("model.safetensors");
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] spoiled = good;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                spoiled = spoil(spoiled, random);
            }
            Samples.overwrite(file, spoiled);
            long before = thread.getCurrentThreadAllocatedBytes();
            try {
                requireSound(SafetensorsFile.open(file), spoiled);
            } catch (AtelierException e) {
                refused++;
                assertEquals(Code.MODEL_INVALID, e.code());
                assertTrue(e.getMessage().lines().count() == 1 && e.getMessage().length() < 700, e.getMessage());
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            }
            long allocated = thread.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < MOST_ALLOCATED, "case " + i + " allocated " + allocated);
        }
        assertTrue(refused > CASES / 2 && refused < CASES, "some files must stay good and most must not: " + refused);
    }

    private static void requireSound(SafetensorsFile file, byte[] bytes) {
        Map<String, TensorEntry> tensors = file.tensors();
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long total = 0;
        for (TensorEntry tensor : tensors.values()) {
            long numbers = tensor.shape().stream().reduce(1L, Math::multiplyExact);
            assertEquals(numbers * tensor.type().bytes(), tensor.bytes());
            assertEquals(total, tensor.begin());
            assertEquals(tensor.bytes(), file.map(tensor).remaining());
            total = tensor.end();
        }
        assertEquals(bytes.length - LENGTH_BYTES - header, total);
    }

    private static byte[] spoil(byte[] file, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> withFlippedBit(file, random);
            case 1 -> Arrays.copyOf(file, random.nextInt(file.length + 1));
            case 2 -> withLength(file, LENGTHS[random.nextInt(LENGTHS.length)]);
            case 3 -> Arrays.copyOf(file, file.length + 1 + random.nextInt(40));
            case 4 -> inHeader(file, random, false, new byte[] {(byte) random.nextInt(256)});
            case 5 -> inHeader(file, random, true, copied(file, random));
            case 6 -> inHeader(file, random, true, attack(random));
            default -> replacingNumber(file, random);
        };
    }

    private static byte[] attack(Random random) {
        return ATTACKS.get(random.nextInt(ATTACKS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] copied(byte[] file, Random random) {
        int from = random.nextInt(file.length + 1);
        return Arrays.copyOfRange(file, from, from + random.nextInt(file.length - from + 1));
    }

    private static byte[] withFlippedBit(byte[] file, Random random) {
        byte[] flipped = file.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] withLength(byte[] file, long length) {
        byte[] lying = file.clone();
        if (lying.length >= LENGTH_BYTES) {
            ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        }
        return lying;
    }

    /** Inserts or overwrites bytes in the header and corrects the header length. */
    private static byte[] inHeader(byte[] file, Random random, boolean between, byte[] put) {
        if (file.length <= LENGTH_BYTES) {
            return file;
        }
        int at = LENGTH_BYTES + random.nextInt(Math.min(file.length - LENGTH_BYTES, HEADER.length()));
        return replaced(file, at, between ? at : Math.min(file.length, at + put.length), put);
    }

    private static byte[] replacingNumber(byte[] file, Random random) {
        int at = LENGTH_BYTES + random.nextInt(HEADER.length());
        while (at < file.length && !Character.isDigit(file[at])) {
            at++;
        }
        int end = at;
        while (end < file.length && Character.isDigit(file[end])) {
            end++;
        }
        return at >= file.length ? file : replaced(file, at, end, attack(random));
    }

    private static byte[] replaced(byte[] file, int from, int to, byte[] put) {
        ByteBuffer spoiled =
                ByteBuffer.allocate(file.length - (to - from) + put.length).order(ByteOrder.LITTLE_ENDIAN);
        spoiled.put(file, 0, from).put(put).put(file, to, file.length - to);
        spoiled.putLong(0, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() + put.length - (to - from));
        return spoiled.array();
    }
}
