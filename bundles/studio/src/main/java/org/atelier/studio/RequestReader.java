package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;

/**
 * Reads a request from JSON and refuses what it does not understand, naming the place. The request may stand alone or
 * as the value of {@code request} in a set's record or in what a picture carries.
 */
final class RequestReader {

    private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+ path \\S+");

    private final String source;
    private final JsonReader json;

    private RequestReader(String text, String source) {
        this.source = source;
        this.json = new JsonReader(new StringReader(text));
        json.setStrictness(Strictness.STRICT);
    }

    /**
     * Reads a request.
     *
     * @param source what faults name as the place of the text
     */
    static SetRequest read(String text, String source) {
        try {
            return new RequestReader(text, source).isRecord()
                    ? new RequestReader(text, source).recorded()
                    : new RequestReader(text, source).request();
        } catch (MalformedJsonException e) {
            throw new AtelierException(INPUT_UNREADABLE, source + ": not valid JSON" + place(e) + ".", e);
        } catch (EOFException e) {
            throw new AtelierException(INPUT_UNREADABLE, source + ": the JSON ends too early.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the whole text, so that its syntax is known to be right, and says whether a request lies within it. */
    private boolean isRecord() throws IOException {
        boolean found = false;
        expect(JsonToken.BEGIN_OBJECT, "an object");
        json.beginObject();
        while (json.hasNext()) {
            found |= json.nextName().equals("request");
            json.skipValue();
        }
        json.endObject();
        expect(JsonToken.END_DOCUMENT, "nothing more");
        return found;
    }

    private SetRequest recorded() throws IOException {
        SetRequest request = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "schemaVersion" -> schemaVersion();
                case "request" -> request = request();
                default -> json.skipValue();
            }
        }
        json.endObject();
        return request;
    }

    private SetRequest request() throws IOException {
        SetRequest.Builder builder = SetRequest.builder();
        Set<String> seen = new HashSet<>();
        expect(JsonToken.BEGIN_OBJECT, "an object");
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!seen.add(name)) {
                throw fault("the key stands here twice");
            }
            read(name, builder);
        }
        json.endObject();
        return builder.build();
    }

    private void read(String name, SetRequest.Builder builder) throws IOException {
        switch (name) {
            case "schemaVersion" -> schemaVersion();
            case "model" -> builder.model(text());
            case "items" -> builder.items(items());
            case "style" -> builder.style(text());
            case "negativePrompt" -> builder.negativePrompt(text());
            case "seed" -> builder.seed(whole());
            case "steps" -> builder.steps(small());
            case "cfgScale" -> builder.cfgScale(number().doubleValue());
            case "sampler" -> builder.sampler(text());
            case "width" -> builder.width(small());
            case "height" -> builder.height(small());
            case "attention" -> builder.attention(text());
            case "attentionOptions" -> builder.attentionOptions(options());
            case "references" -> builder.references(references());
            case "blend" -> builder.blend(text());
            case "inversionSteps" -> builder.inversionSteps(small());
            case "inversionCfg" -> builder.inversionCfg(number().doubleValue());
            case "inversionOffset" -> builder.inversionOffset(small());
            case "styleFrom" -> builder.styleFrom(number().doubleValue());
            case "styleTo" -> builder.styleTo(number().doubleValue());
            case "chunk" -> builder.chunk(small());
            case "dtype" -> builder.dtype(text());
            case "device" -> builder.device(text());
            case "metadata" -> builder.metadata(truth());
            default -> throw fault("unknown key; a request has " + String.join(", ", keys()));
        }
    }

    private static List<String> keys() {
        return RequestJson.of(SetRequest.builder()
                        .negativePrompt("")
                        .seed(0L)
                        .cfgScale(0.0)
                        .inversionSteps(0)
                        .inversionOffset(0)
                        .width(0)
                        .height(0)
                        .chunk(0)
                        .dtype("")
                        .device("")
                        .build())
                .keySet()
                .stream()
                .toList();
    }

    private void schemaVersion() throws IOException {
        int version = small();
        if (version != Json.SCHEMA_VERSION) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s: schemaVersion %d is not known; this Atelier reads version %d."
                            .formatted(source, version, Json.SCHEMA_VERSION));
        }
    }

    private List<SetItem> items() throws IOException {
        List<SetItem> items = new ArrayList<>();
        expect(JsonToken.BEGIN_ARRAY, "a list of items");
        json.beginArray();
        while (json.hasNext()) {
            items.add(json.peek() == JsonToken.BEGIN_OBJECT ? item() : SetItem.of(text()));
        }
        json.endArray();
        return items;
    }

    private SetItem item() throws IOException {
        String prompt = null;
        Long seed = null;
        Integer width = null;
        Integer height = null;
        Map<String, Object> options = Map.of();
        Set<String> seen = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!seen.add(name)) {
                throw fault("the key stands here twice");
            }
            switch (name) {
                case "prompt" -> prompt = text();
                case "seed" -> seed = whole();
                case "width" -> width = small();
                case "height" -> height = small();
                case "attentionOptions" -> options = options();
                default -> throw fault("unknown key; an item has prompt, seed, width, height, attentionOptions");
            }
        }
        if (prompt == null) {
            throw fault("an item needs a prompt");
        }
        json.endObject();
        return new SetItem(prompt, seed, width, height, options);
    }

    private List<ReferenceFile> references() throws IOException {
        List<ReferenceFile> references = new ArrayList<>();
        expect(JsonToken.BEGIN_ARRAY, "a list of references");
        json.beginArray();
        while (json.hasNext()) {
            references.add(reference());
        }
        json.endArray();
        return references;
    }

    private ReferenceFile reference() throws IOException {
        String file = null;
        String prompt = "";
        double weight = 1;
        String sha256 = null;
        Set<String> seen = new HashSet<>();
        expect(JsonToken.BEGIN_OBJECT, "an object");
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!seen.add(name)) {
                throw fault("the key stands here twice");
            }
            switch (name) {
                case "file" -> file = text();
                case "prompt" -> prompt = text();
                case "weight" -> weight = number().doubleValue();
                case "sha256" -> sha256 = text();
                default -> throw fault("unknown key; a reference has file, prompt, weight, sha256");
            }
        }
        if (file == null) {
            throw fault("a reference needs a file");
        }
        json.endObject();
        return new ReferenceFile(file, prompt, weight, sha256);
    }

    private Map<String, Object> options() throws IOException {
        Map<String, Object> options = new LinkedHashMap<>();
        expect(JsonToken.BEGIN_OBJECT, "an object");
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (options.containsKey(name)) {
                throw fault("the key stands here twice");
            }
            options.put(name, json.peek() == JsonToken.BEGIN_ARRAY ? several() : option());
        }
        json.endObject();
        return options;
    }

    private List<Object> several() throws IOException {
        List<Object> options = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            options.add(option());
        }
        json.endArray();
        return options;
    }

    private Object option() throws IOException {
        return switch (json.peek()) {
            case BOOLEAN -> json.nextBoolean();
            case STRING -> json.nextString();
            case NUMBER -> optionNumber();
            default -> throw fault("expected true, false, a number or a text");
        };
    }

    /** What is written without fraction or exponent is a Long, anything else a Double. */
    private Number optionNumber() throws IOException {
        String digits = json.nextString();
        if (digits.matches("-?\\d{1,18}")) {
            return Long.valueOf(digits);
        }
        return Double.valueOf(digits);
    }

    private String text() throws IOException {
        expect(JsonToken.STRING, "a text");
        return json.nextString();
    }

    private boolean truth() throws IOException {
        expect(JsonToken.BOOLEAN, "true or false");
        return json.nextBoolean();
    }

    private BigDecimal number() throws IOException {
        expect(JsonToken.NUMBER, "a number");
        String place = json.getPath();
        String digits = json.nextString();
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw fault(place, digits + " is out of range");
        }
    }

    private long whole() throws IOException {
        String place = json.getPath();
        BigDecimal number = number();
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw fault(place, "expected a whole number, found " + number);
        }
    }

    private int small() throws IOException {
        String place = json.getPath();
        long number = whole();
        if (number != (int) number) {
            throw fault(place, number + " is out of range");
        }
        return (int) number;
    }

    private void expect(JsonToken wanted, String inWords) throws IOException {
        JsonToken found = json.peek();
        if (found != wanted) {
            throw fault("expected " + inWords + ", found "
                    + found.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    /** Gson's messages advise programmers; their last part is for everyone. */
    private static String place(MalformedJsonException fault) {
        Matcher place = PLACE.matcher(String.valueOf(fault.getMessage()));
        return place.find() ? place.group() : "";
    }

    private AtelierException fault(String what) {
        return fault(json.getPath(), what);
    }

    private AtelierException fault(String place, String what) {
        return new AtelierException(INPUT_UNREADABLE, "%s: %s: %s.".formatted(source, place, what));
    }
}
