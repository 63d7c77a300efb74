package org.atelier.requests;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.Strength;
import org.atelier.api.set.StyleCardFile;

/**
 * Reads a request from the tree of its file and refuses what it does not understand, naming the place. The request may
 * stand alone or as the value of {@code request} in a set's record or in what a picture carries.
 */
public final class RequestReader {

    private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(Long.MAX_VALUE);

    private final NamedFiles files;

    /** @param files finds the files that the request names */
    public RequestReader(NamedFiles files) {
        this.files = files;
    }

    public SetRequest read(RequestNode root) {
        Map<String, RequestNode> members = root.members();
        if (!members.containsKey("request")) {
            return request(root);
        }
        if (members.containsKey("schemaVersion")) {
            checkVersion(members.get("schemaVersion"));
        }
        return request(members.get("request"));
    }

    private SetRequest request(RequestNode node) {
        RequestKeys.OF_REQUEST.check(node);
        Map<String, RequestNode> members = node.members();
        SetRequestBuilder builder = beginning(members).but();
        SetRequest beginning = builder.build();
        members.forEach((key, value) -> read(key, value, builder));
        builder.controlRules(ControlNodes.rules(members));
        boolean pictured = !builder.build().references().isEmpty();
        boolean sameAttention =
                builder.build().sharing().attention().equals(beginning.sharing().attention());
        builder.attentionOptions(sameAttention ? beginning.sharing().attentionOptions() : Map.of());
        options(members, pictured).forEach(builder::attentionOption);
        if (members.containsKey("items")) {
            builder.items(members.get("items").elements("a list of items").stream()
                    .map(item -> item(item, pictured))
                    .toList());
        }
        return builder.build();
    }

    private void read(String key, RequestNode value, SetRequestBuilder builder) {
        switch (key) {
            case "schemaVersion" -> checkVersion(value);
            case "model" -> builder.model(files.model(value));
            case "style" -> builder.style(value.text());
            case "negativePrompt" -> builder.negativePrompt(value.text());
            case "seed" -> builder.seed(value.whole());
            case "steps" -> builder.steps(value.small());
            case "cfgScale" -> builder.cfgScale(value.fraction());
            case "sampler" -> builder.sampler(value.text());
            case "width" -> builder.width(value.small());
            case "height" -> builder.height(value.small());
            case "attention" -> builder.attention(value.text());
            case "references" ->
                builder.references(value.elements("a list of references").stream()
                        .map(this::reference)
                        .toList());
            case "contexts" ->
                builder.contexts(value.elements("a list of contexts").stream()
                        .map(context -> ContextNodes.context(context, files))
                        .toList());
            case "summary" -> builder.summary(ContextNodes.summary(value));
            case "controls" ->
                builder.controls(value.elements("a list of controls").stream()
                        .map(control -> ControlNodes.control(control, files))
                        .toList());
            case "blend" -> builder.blend(value.text());
            case "blendOptions" -> builder.blendOptions(options(value));
            case "inversionSteps" -> builder.inversionSteps(value.small());
            case "inversionCfg" -> builder.inversionCfg(value.fraction());
            case "inversionOffset" -> builder.inversionOffset(value.small());
            case "card" -> builder.card(card(value));
            case "styleFrom" -> builder.styleFrom(value.fraction());
            case "styleTo" -> builder.styleTo(value.fraction());
            case "chunk" -> builder.chunk(value.small());
            case "dtype" -> builder.dtype(value.text());
            case "device" -> builder.device(value.text());
            case "metadata" -> builder.metadata(value.truth());
            case "controlGuess", "controlReference", "controlWords" -> {
                // Together they are one rule, read when all are known.
            }
            case "items", "strength", "attentionOptions" -> {
                // They depend on whether there are references, and are read when all else is known.
            }
            default -> throw new IllegalStateException("A key that is known and not read: " + key);
        }
    }

    /** What the request's style card says, if it names one; else every default. */
    private SetRequest beginning(Map<String, RequestNode> members) {
        return members.containsKey("card")
                ? files.beginning(card(members.get("card")))
                : SetRequest.builder().build();
    }

    private StyleCardFile card(RequestNode node) {
        RequestKeys.OF_CARD.check(node);
        Map<String, RequestNode> members = node.members();
        if (!members.containsKey("file")) {
            throw node.fault("a card needs a file");
        }
        String sha256 = members.containsKey("sha256") ? members.get("sha256").text() : null;
        return new StyleCardFile(files.reference(members.get("file"), sha256 != null), sha256);
    }

    private static void checkVersion(RequestNode node) {
        int version = node.small();
        if (version != Json.SCHEMA_VERSION) {
            throw node.fault("schemaVersion %d is not known; this Atelier reads version %d"
                    .formatted(version, Json.SCHEMA_VERSION));
        }
    }

    /** A text, or an object with what the picture has of its own. */
    private static SetItem item(RequestNode node, boolean pictured) {
        if (!node.isObject()) {
            return SetItem.of(node.text());
        }
        RequestKeys.OF_ITEM.check(node);
        Map<String, RequestNode> members = node.members();
        if (!members.containsKey("prompt")) {
            throw node.fault("an item needs a prompt");
        }
        return new SetItem(
                members.get("prompt").text(),
                members.containsKey("seed") ? Long.valueOf(members.get("seed").whole()) : null,
                members.containsKey("width")
                        ? Integer.valueOf(members.get("width").small())
                        : null,
                members.containsKey("height")
                        ? Integer.valueOf(members.get("height").small())
                        : null,
                options(members, pictured));
    }

    private ReferenceFile reference(RequestNode node) {
        RequestKeys.OF_REFERENCE.check(node);
        Map<String, RequestNode> members = node.members();
        if (!members.containsKey("file")) {
            throw node.fault("a reference needs a file");
        }
        String sha256 = members.containsKey("sha256") ? members.get("sha256").text() : null;
        return new ReferenceFile(
                files.reference(members.get("file"), sha256 != null),
                members.containsKey("prompt") ? members.get("prompt").text() : "",
                members.containsKey("weight") ? members.get("weight").fraction() : 1,
                sha256,
                members.containsKey("said") ? ContextNodes.words(members.get("said")) : null);
    }

    /** What a strength stands for, and over it the options that are given one by one. */
    private static Map<String, Object> options(Map<String, RequestNode> members, boolean pictured) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (members.containsKey("strength")) {
            options.putAll(strength(members.get("strength")).options(pictured));
        }
        if (members.containsKey("attentionOptions")) {
            options.putAll(options(members.get("attentionOptions")));
        }
        return options;
    }

    /** Options of a plugin by name. */
    static Map<String, Object> options(RequestNode node) {
        Map<String, Object> options = new LinkedHashMap<>();
        node.members().forEach((name, value) -> options.put(name, value(value)));
        return options;
    }

    private static Strength strength(RequestNode node) {
        return Strength.named(node.text())
                .orElseThrow(() -> node.fault("there is no strength '%s'; known are %s"
                        .formatted(node.text(), String.join(", ", Strength.words()))));
    }

    private static Object value(RequestNode node) {
        return node.isList()
                ? node.elements("a list").stream().map(RequestReader::single).toList()
                : single(node);
    }

    /** What is written without fraction or exponent is a Long, any other number a Double. */
    private static Object single(RequestNode node) {
        if (node.value() instanceof Boolean || node.value() instanceof String) {
            return node.value();
        }
        if (!(node.value() instanceof BigDecimal number)) {
            throw node.fault("expected true, false, a number or a text");
        }
        boolean whole = number.scale() == 0 && number.abs().compareTo(LARGEST_EXACT) <= 0;
        return whole ? (Object) number.longValueExact() : (Object) node.fraction();
    }
}
