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

/** Real model folders and safetensors files for tests to read and to spoil. */
public final class Samples {

    public static final Path SKETCHBOOK = Path.of(System.getProperty("atelier.sketchbook"));

    private Samples() {}

    /** A copy of a folder and all below it but its training scripts. */
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

    /** A safetensors file of this header and these bytes, whatever they say. */
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

    /** A header of tensors of one type and shape, one behind the other. */
    public static String header(String type, String shape, int bytes, String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                        .formatted(names[i], type, shape, i * bytes, (i + 1) * bytes))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Replaces a file without emptying it first, which some file systems answer by flushing it: thousands of times. */
    public static void overwrite(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.truncate(bytes.length);
        }
    }

    /** The text with up to four characters replaced by any of ASCII's. */
    public static byte[] spoiledText(byte[] good, Random random) {
        byte[] spoiled = good.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            spoiled[random.nextInt(spoiled.length)] = (byte) (' ' + random.nextInt(95));
        }
        return spoiled;
    }

    /** The message of the MODEL_INVALID that the step must end with. */
    public static String fault(Executable step) {
        AtelierException fault = assertThrows(AtelierException.class, step);
        assertEquals(Code.MODEL_INVALID, fault.code(), fault.getMessage());
        return fault.getMessage();
    }
}
