package org.atelier.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.function.Executable;

/** Real model folders and safetensors files for tests to read and corrupt. */
public final class Samples {

    public static final Path SKETCHBOOK = Path.of(System.getProperty("atelier.sketchbook"));

    private Samples() {}

    /** Copies a folder recursively, without training scripts. */
    public static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A safetensors file with the given header and data, valid or not. */
    public static byte[] safetensors(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        file.writeBytes(json);
        file.writeBytes(data);
        return file.toByteArray();
    }

    /** A header of consecutive tensors of one type and shape. */
    public static String header(String type, String shape, int bytes, String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                        .formatted(names[i], type, shape, i * bytes, (i + 1) * bytes))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Overwrites a file without truncating it first, since truncation makes some file systems flush every time. */
    public static void overwrite(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.truncate(bytes.length);
        }
    }

    /** The text with up to four characters replaced by random ASCII characters. */
    public static byte[] spoiledText(byte[] good, Random random) {
        byte[] spoiled = good.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            spoiled[random.nextInt(spoiled.length)] = (byte) (' ' + random.nextInt(95));
        }
        return spoiled;
    }

    /** The message of the MODEL_INVALID error that the step must throw. */
    public static String fault(Executable step) {
        AtelierException fault = assertThrows(AtelierException.class, step);
        assertEquals(Code.MODEL_INVALID, fault.code(), fault.getMessage());
        return fault.getMessage();
    }
}
