package org.atelier.models.lora;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.SafetensorsFile;

/**
 * The configurations of PEFT that diffusers stores in the metadata of a file, one for each network with its name as
 * prefix of every key, or one without prefix. Without them alpha equals the rank.
 */
final class PeftConfig {

    private static final String METADATA = "lora_adapter_metadata";

    /** PEFT matches patterns as regular expressions; files only have names. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private final SafetensorsFile file;
    private final JsonObject config;

    private PeftConfig(SafetensorsFile file, JsonObject config) {
        this.file = file;
        this.config = config;
    }

    /** @throws org.atelier.api.AtelierException MODEL_INVALID if the metadata is not JSON, or names a kind that is not LoRA */
    static PeftConfig of(SafetensorsFile file) {
        String text = file.metadata().get(METADATA);
        if (text == null) {
            return new PeftConfig(file, new JsonObject());
        }
        try {
            if (JsonParser.parseString(text) instanceof JsonObject json) {
                PeftConfig config = new PeftConfig(file, json);
                config.requirePlain();
                return config;
            }
        } catch (JsonParseException e) {
            throw ModelFaults.in(file.path(), "its metadata " + METADATA + " is not valid JSON.", e);
        }
        throw ModelFaults.in(file.path(), "its metadata " + METADATA + " is not a JSON object.");
    }

    private void requirePlain() {
        for (Map.Entry<String, JsonElement> entry : config.entrySet()) {
            boolean isDora = entry.getKey().equals("use_dora") || entry.getKey().endsWith(".use_dora");
            if (isDora && isTrue(entry.getValue())) {
                throw ModelFaults.in(
                        file.path(),
                        "is " + UnsupportedAdapter.DORA.title() + " (use_dora); only a plain LoRA can be added.");
            }
        }
    }

    private static boolean isTrue(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isBoolean() && primitive.getAsBoolean();
    }

    /** The scale of a layer without a tensor alpha: alpha / rank, or alpha / sqrt(rank) for rsLoRA. */
    double scale(AdaptedNetwork network, String module, long rank) {
        double alpha = find(network, "alpha_pattern")
                .flatMap(patterns -> matching(patterns, module))
                .or(() -> find(network, "lora_alpha").map(value -> number("lora_alpha", value)))
                .filter(value -> value != 0)
                .orElse((double) rank);
        boolean stabilised = find(network, "use_rslora").map(PeftConfig::isTrue).orElse(false);
        return stabilised ? alpha / Math.sqrt((double) rank) : alpha / rank;
    }

    private Optional<JsonElement> find(AdaptedNetwork network, String key) {
        JsonElement own = config.get(network.diffusersName() + "." + key);
        return Optional.ofNullable(own == null ? config.get(key) : own).filter(value -> !value.isJsonNull());
    }

    private Optional<Double> matching(JsonElement patterns, String module) {
        if (!(patterns instanceof JsonObject object)) {
            throw ModelFaults.of("The alpha_pattern of " + METADATA + " is not a JSON object.");
        }
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            String name = entry.getKey();
            if (!NAME.matcher(name).matches()) {
                throw ModelFaults.of("The alpha_pattern '" + Shortened.name(name) + "' of " + METADATA
                        + " is an expression; only names of layers are supported.");
            }
            if (module.equals(name) || module.endsWith("." + name)) {
                return Optional.of(number("alpha_pattern", entry.getValue()));
            }
        }
        return Optional.empty();
    }

    private static double number(String key, JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            double number = primitive.getAsDouble();
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw ModelFaults.of("The " + key + " of " + METADATA + " is not a number.");
    }
}
