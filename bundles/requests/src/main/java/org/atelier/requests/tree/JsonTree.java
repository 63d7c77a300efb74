package org.atelier.requests.tree;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;

/** Parses strict JSON into a tree with line numbers. */
public final class JsonTree {

    /** A path with control characters is left out. */
    private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+(?: path [^\\p{C}\\s]+(?=\\s|$))?");

    private final String source;
    private final LineCountingReader lines;
    private final JsonReader json;

    private JsonTree(String text, String source) {
        this.source = source;
        this.lines = new LineCountingReader(text);
        this.json = new JsonReader(lines);
        json.setStrictness(Strictness.STRICT);
    }

    /** @param source name of the text in error messages */
    public static RequestNode read(String text, String source) {
        JsonTree tree = new JsonTree(text, source);
        try {
            RequestNode root = tree.value("$", 1);
            if (tree.json.peek() != JsonToken.END_DOCUMENT) {
                throw root.fault("expected the end of the file");
            }
            return root;
        } catch (MalformedJsonException e) {
            throw new AtelierException(INPUT_UNREADABLE, source + ": not valid JSON" + place(e) + ".", e);
        } catch (EOFException e) {
            throw new AtelierException(INPUT_UNREADABLE, source + ": the JSON is incomplete.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RequestNode value(String path, int depth) throws IOException {
        JsonToken token = json.peek();
        int line = lines.line();
        Object value =
                switch (token) {
                    case BEGIN_OBJECT -> object(path, depth, line);
                    case BEGIN_ARRAY -> array(path, depth, line);
                    case STRING -> json.nextString();
                    case BOOLEAN -> json.nextBoolean();
                    case NUMBER -> number(path, line);
                    case NULL -> {
                        json.nextNull();
                        yield null;
                    }
                    default -> throw new IllegalStateException("Unexpected token " + token);
                };
        return new RequestNode(source, line, path, value);
    }

    private Map<String, RequestNode> object(String path, int depth, int line) throws IOException {
        TreeLimits.checkDepth(depth, new RequestNode(source, line, path, null));
        Map<String, RequestNode> object = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            RequestNode member = value(path + "." + key, depth + 1);
            if (object.put(key, member) != null) {
                throw member.fault("duplicate key");
            }
        }
        json.endObject();
        return object;
    }

    private List<RequestNode> array(String path, int depth, int line) throws IOException {
        TreeLimits.checkDepth(depth, new RequestNode(source, line, path, null));
        List<RequestNode> array = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            array.add(value(path + "[" + array.size() + "]", depth + 1));
        }
        json.endArray();
        return array;
    }

    private BigDecimal number(String path, int line) throws IOException {
        String digits = json.nextString();
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw new RequestNode(source, line, path, null).fault(digits + " is out of range");
        }
    }

    /** Extracts the location from Gson's message; the rest of the message is meant for programmers. */
    private static String place(MalformedJsonException fault) {
        Matcher place = PLACE.matcher(String.valueOf(fault.getMessage()));
        return place.find() ? place.group() : "";
    }
}
