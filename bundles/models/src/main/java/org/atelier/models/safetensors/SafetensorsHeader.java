package org.atelier.models.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;

/**
 * Parses the untrusted JSON header of a safetensors file: names must be unique, integers exact, and the tensors must
 * fill the rest of the file without overlap or gap. Memory use is bounded by the size of the header.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class SafetensorsHeader {

    static final long MAXIMUM_BYTES = 100_000_000;
    static final int MAXIMUM_TENSORS = 50_000;
    static final int MAXIMUM_RANK = 8;

    private static final String METADATA = "__metadata__";
    private static final Pattern NATURAL = Pattern.compile("[0-9]{1,18}");

    /**
     * A checked header.
     *
     * @param tensors by name, in the order of their data
     * @param metadata texts of the writer, untrusted, in file order
     */
    record Content(Map<String, TensorEntry> tensors, Map<String, String> metadata) {}

    private final Path file;
    private final JsonReader json;
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsHeader(Path file, Reader characters) {
        this.file = file;
        this.json = new JsonReader(characters);
        json.setStrictness(Strictness.STRICT);
    }

    /**
     * Reads and checks the header.
     *
     * @param file for error messages
     * @param stream at the first byte after the header's length
     * @param headerBytes length of the header
     * @param dataBytes length of the data after the header
     * @throws AtelierException MODEL_INVALID with a one-line message
     */
    static Content read(Path file, InputStream stream, long headerBytes, long dataBytes) {
        Reader characters =
                new InputStreamReader(new BoundedInputStream(stream, headerBytes), StandardCharsets.UTF_8.newDecoder());
        try {
            SafetensorsHeader header = new SafetensorsHeader(file, characters);
            List<TensorEntry> tensors = header.tensors();
            tensors.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
            requireGapless(file, tensors, dataBytes);
            Map<String, TensorEntry> byName = new LinkedHashMap<>();
            tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
            return new Content(Collections.unmodifiableMap(byName), Collections.unmodifiableMap(header.metadata));
        } catch (CharacterCodingException e) {
            throw ModelFaults.in(file, "the safetensors header is not UTF-8.", e);
        } catch (IOException e) {
            throw ModelFaults.in(file, "the safetensors header is not valid JSON.", e);
        }
    }

    private List<TensorEntry> tensors() throws IOException {
        List<TensorEntry> tensors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        open(JsonToken.BEGIN_OBJECT, "the header");
        while (json.hasNext()) {
            String name = json.nextName();
            requireNew(seen, name);
            if (name.equals(METADATA)) {
                readMetadata();
            } else {
                if (tensors.size() == MAXIMUM_TENSORS) {
                    throw bad("it lists more than " + MAXIMUM_TENSORS + " tensors");
                }
                tensors.add(tensor(name));
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw bad("there is data after the JSON object");
        }
        return tensors;
    }

    private void readMetadata() throws IOException {
        Set<String> seen = new HashSet<>();
        open(JsonToken.BEGIN_OBJECT, METADATA);
        while (json.hasNext()) {
            String key = json.nextName();
            requireNew(seen, key);
            if (seen.size() > MAXIMUM_TENSORS) {
                throw bad(METADATA + " has more than " + MAXIMUM_TENSORS + " entries");
            }
            if (json.peek() != JsonToken.STRING) {
                throw bad(METADATA + " contains a value that is not a string");
            }
            metadata.put(key, json.nextString());
        }
        json.endObject();
    }

    private TensorEntry tensor(String name) throws IOException {
        StoredType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        Set<String> seen = new HashSet<>();
        open(JsonToken.BEGIN_OBJECT, quoted(name));
        while (json.hasNext()) {
            String field = json.nextName();
            requireNew(seen, field);
            switch (field) {
                case "dtype" -> type = type(name);
                case "shape" -> shape = naturals(name, field, MAXIMUM_RANK);
                case "data_offsets" -> offsets = naturals(name, field, 2);
                default -> throw bad(quoted(name) + " has an unknown field " + quoted(field));
            }
        }
        json.endObject();
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw bad(quoted(name) + " lacks its dtype, shape or two data_offsets");
        }
        TensorEntry tensor = new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
        requireExactSize(tensor);
        return tensor;
    }

    private StoredType type(String name) throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw bad("the dtype of " + quoted(name) + " is not a string");
        }
        String type = json.nextString();
        return StoredType.named(type)
                .orElseThrow(() -> bad("the dtype " + quoted(type) + " of " + quoted(name) + " is unknown"));
    }

    /** Parses the digits directly, since JsonReader.nextLong converts through double and may round. */
    private List<Long> naturals(String name, String field, int most) throws IOException {
        List<Long> numbers = new ArrayList<>();
        open(JsonToken.BEGIN_ARRAY, "the " + field + " of " + quoted(name));
        while (json.hasNext()) {
            if (numbers.size() == most) {
                throw bad("the " + field + " of " + quoted(name) + " has more than " + most + " numbers");
            }
            String digits = json.peek() == JsonToken.NUMBER ? json.nextString() : "";
            if (!NATURAL.matcher(digits).matches()) {
                throw bad("the " + field + " of " + quoted(name)
                        + " contains a value that is not an integer from 0 to 10^18 - 1");
            }
            numbers.add(Long.parseLong(digits));
        }
        json.endArray();
        return numbers;
    }

    private void requireExactSize(TensorEntry tensor) {
        long bytes = tensor.type().bytes();
        try {
            for (long side : tensor.shape()) {
                bytes = Math.multiplyExact(bytes, side);
            }
        } catch (ArithmeticException e) {
            throw bad("the shape " + tensor.shape() + " of " + quoted(tensor.name()) + " is too large");
        }
        if (tensor.begin() > tensor.end() || bytes != tensor.bytes()) {
            throw bad(quoted(tensor.name()) + " of shape " + tensor.shape() + " and type " + tensor.type() + " needs "
                    + bytes + " bytes, but its data_offsets are [" + tensor.begin() + ", " + tensor.end() + "]");
        }
    }

    private static void requireGapless(Path file, List<TensorEntry> inOrder, long dataBytes) {
        long reached = 0;
        for (TensorEntry tensor : inOrder) {
            if (tensor.begin() != reached) {
                throw ModelFaults.in(
                        file,
                        "bad safetensors header: " + quoted(tensor.name())
                                + (tensor.begin() < reached
                                        ? " overlaps the tensor before it."
                                        : " leaves a gap before it."));
            }
            reached = tensor.end();
        }
        if (reached > dataBytes) {
            throw ModelFaults.in(
                    file,
                    "the file is truncated: its header declares " + reached + " bytes of tensors but only " + dataBytes
                            + " are present. Fetch it again.");
        }
        if (reached < dataBytes) {
            throw ModelFaults.in(
                    file, (dataBytes - reached) + " bytes follow the last tensor; a safetensors file must end there.");
        }
    }

    private void open(JsonToken expected, String what) throws IOException {
        if (json.peek() != expected) {
            throw bad(what + (expected == JsonToken.BEGIN_ARRAY ? " is not an array" : " is not an object"));
        }
        if (expected == JsonToken.BEGIN_ARRAY) {
            json.beginArray();
        } else {
            json.beginObject();
        }
    }

    private void requireNew(Set<String> seen, String name) {
        if (!seen.add(name)) {
            throw bad(quoted(name) + " is duplicated");
        }
    }

    private AtelierException bad(String what) {
        return ModelFaults.in(file, "bad safetensors header: " + what + ".");
    }

    /** Formats an untrusted name: one line, no control characters, truncated. */
    private static String quoted(String name) {
        String shown = name.length() > 120 ? name.substring(0, 120) + "…" : name;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    /** Limits a stream to a number of bytes. */
    private static final class BoundedInputStream extends FilterInputStream {
        private long left;

        BoundedInputStream(InputStream stream, long bytes) {
            super(stream);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
