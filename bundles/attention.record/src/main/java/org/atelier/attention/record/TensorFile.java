package org.atelier.attention.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A safetensors file of a few small tensors: a JSON header, then the values in little-endian order. */
final class TensorFile {

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private record Tensor(String type, List<Long> shape, ByteBuffer bytes) {}

    /** Adds a text to the header. */
    void put(String key, Object value) {
        metadata.put(key, value.toString());
    }

    /** Adds a tensor in float32. */
    void put(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        tensors.put(name, tensor("F32", bytes, shape));
    }

    /** Adds a tensor in float16. */
    void putHalf(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(half(value));
        }
        tensors.put(name, tensor("F16", bytes, shape));
    }

    private static Tensor tensor(String type, ByteBuffer bytes, long... shape) {
        return new Tensor(type, LongStream.of(shape).boxed().toList(), bytes.rewind());
    }

    /** Rounds to float16: half up, subnormal numbers to 0, and what is too large to the largest number. */
    static short half(float value) {
        int bits = Float.floatToIntBits(Math.max(-65504f, Math.min(65504f, value)));
        int sign = bits >>> 16 & 0x8000;
        int rounded = (bits & 0x7fffffff) + 0x1000;
        int exponent = (rounded >>> 23) - 112;
        return (short) (exponent <= 0 ? sign : sign | exponent << 10 | (rounded >>> 13 & 0x3ff));
    }

    void writeTo(OutputStream out) throws IOException {
        byte[] header = header().getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        WritableByteChannel channel = Channels.newChannel(out);
        for (Tensor tensor : tensors.values()) {
            channel.write(tensor.bytes.duplicate());
        }
    }

    /** The header, filled with spaces so that the values are aligned. */
    private String header() {
        StringBuilder json = new StringBuilder("{\"__metadata__\":{")
                .append(metadata.entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                        .collect(Collectors.joining(",")))
                .append('}');
        long begin = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = begin + tensor.bytes.capacity();
            json.append(",%s:{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                    .formatted(
                            quoted(entry.getKey()),
                            tensor.type,
                            tensor.shape.stream().map(Object::toString).collect(Collectors.joining(",")),
                            begin,
                            end));
            begin = end;
        }
        json.append('}');
        int length = json.toString().getBytes(StandardCharsets.UTF_8).length;
        return json.append(" ".repeat(Math.floorMod(-length, Long.BYTES))).toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character < ' ' || character == '"' || character == '\\') {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
