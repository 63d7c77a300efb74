package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.ControlPicture;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCardFile;

/** A request as a JSON object: the record's names, in the record's order, open values absent. */
public final class RequestJson {

    private RequestJson() {}

    public static JsonObject of(SetRequest request) {
        JsonObject json = new JsonObject();
        json.addProperty("schemaVersion", Json.SCHEMA_VERSION);
        json.addProperty("model", request.model());
        JsonArray items = new JsonArray();
        request.items().forEach(item -> items.add(item(item)));
        json.add("items", items);
        json.addProperty("style", request.style());
        addIfSettled(json, "negativePrompt", request.negativePrompt());
        addIfSettled(json, "seed", request.seed());
        json.addProperty("steps", request.sampling().steps());
        addIfSettled(json, "cfgScale", request.sampling().cfgScale());
        json.addProperty("sampler", request.sampling().sampler());
        addIfSettled(json, "width", request.sampling().width());
        addIfSettled(json, "height", request.sampling().height());
        json.addProperty("attention", request.sharing().attention());
        json.add("attentionOptions", options(request.sharing().attentionOptions()));
        JsonArray references = new JsonArray();
        request.references().images().forEach(reference -> references.add(reference(reference)));
        json.add("references", references);
        JsonArray contexts = new JsonArray();
        request.contexts().inputs().forEach(context -> contexts.add(context(context)));
        json.add("contexts", contexts);
        json.add("summary", summary(request.contexts().summary()));
        JsonArray controls = new JsonArray();
        request.controls().images().forEach(control -> controls.add(control(control)));
        json.add("controls", controls);
        json.addProperty("controlGuess", request.controls().rules().guess());
        json.addProperty("controlReference", request.controls().rules().reference());
        json.addProperty("controlWords", request.controls().rules().words());
        json.addProperty("blend", request.references().blend());
        json.add("blendOptions", options(request.references().blendOptions()));
        addIfSettled(json, "inversionSteps", request.inversion().steps());
        json.addProperty("inversionCfg", request.inversion().cfgScale());
        addIfSettled(json, "inversionOffset", request.inversion().offset());
        if (request.card() != null) {
            json.add("card", card(request.card()));
        }
        json.addProperty("styleFrom", request.sharing().from());
        json.addProperty("styleTo", request.sharing().to());
        addIfSettled(json, "chunk", request.execution().chunk());
        addIfSettled(json, "dtype", request.execution().dtype());
        addIfSettled(json, "device", request.execution().device());
        json.addProperty("metadata", request.output().metadata());
        return json;
    }

    /** A text where all but the prompt is the set's own. */
    private static JsonElement item(SetItem item) {
        if (item.isPromptOnly()) {
            return new JsonPrimitive(item.prompt());
        }
        JsonObject json = new JsonObject();
        json.addProperty("prompt", item.prompt());
        addIfSettled(json, "seed", item.seed());
        addIfSettled(json, "width", item.width());
        addIfSettled(json, "height", item.height());
        if (!item.attentionOptions().isEmpty()) {
            json.add("attentionOptions", options(item.attentionOptions()));
        }
        return json;
    }

    private static JsonObject card(StyleCardFile card) {
        JsonObject json = new JsonObject();
        json.addProperty("file", card.file());
        addIfSettled(json, "sha256", card.sha256());
        return json;
    }

    private static JsonObject reference(ReferenceFile reference) {
        JsonObject json = new JsonObject();
        json.addProperty("file", reference.file());
        json.addProperty("prompt", reference.prompt());
        json.addProperty("weight", reference.weight());
        addIfSettled(json, "sha256", reference.sha256());
        addIfRead(json, "said", reference.said());
        return json;
    }

    private static JsonObject context(ContextInput context) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", context.kind());
        json.addProperty("input", context.input());
        if (!context.options().isEmpty()) {
            json.add("options", options(context.options()));
        }
        if (context.forReference()) {
            json.addProperty("forReference", true);
        }
        addIfRead(json, "said", context.said());
        return json;
    }

    private static JsonObject control(ControlPicture control) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", control.kind());
        json.addProperty("file", control.file());
        addIfSettled(json, "sha256", control.sha256());
        if (!control.options().isEmpty()) {
            json.add("options", options(control.options()));
        }
        addIfSettled(json, "model", control.model());
        json.addProperty("scale", control.scale());
        json.addProperty("start", control.start());
        json.addProperty("end", control.end());
        return json;
    }

    /** A text where nothing is summarized. */
    private static JsonElement summary(ContextSummary summary) {
        if (summary.said() == null && summary.saidOfReferences() == null) {
            return new JsonPrimitive(summary.when());
        }
        JsonObject json = new JsonObject();
        json.addProperty("when", summary.when());
        addIfRead(json, "said", summary.said());
        addIfRead(json, "saidOfReferences", summary.saidOfReferences());
        return json;
    }

    private static void addIfRead(JsonObject json, String name, ContextText said) {
        if (said != null) {
            json.add(name, ContextTextJson.of(said));
        }
    }

    private static JsonObject options(Map<String, Object> options) {
        JsonObject json = new JsonObject();
        options.forEach((name, value) -> json.add(name, value(value)));
        return json;
    }

    private static JsonElement value(Object value) {
        if (value instanceof List<?> several) {
            JsonArray json = new JsonArray();
            several.forEach(each -> json.add(value(each)));
            return json;
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive(value.toString());
    }

    private static void addIfSettled(JsonObject json, String name, String value) {
        if (value != null) {
            json.addProperty(name, value);
        }
    }

    private static void addIfSettled(JsonObject json, String name, Number value) {
        if (value != null) {
            json.addProperty(name, value);
        }
    }
}
