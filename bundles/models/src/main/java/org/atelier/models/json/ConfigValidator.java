package org.atelier.models.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;

/**
 * Checks that a configuration has no unsupported settings, and names those it has.
 *
 * <pre>{@code
 * settings.validator()
 *         .reading("block_out_channels", "norm_eps")      // honoured, whatever they say
 *         .ignoring("dropout", "sample_size")             // of no consequence here
 *         .only("act_fn", "silu")                         // absent, null or one of these
 *         .always("use_linear_projection", true)          // one of these; absent would mean another
 *         .absent("class_embed_type", "encoder_hid_dim")  // absent, null, false or empty
 *         .throwIfUnsupported();
 * }</pre>
 */
public final class ConfigValidator {

    private static final Set<String> UNSET = Set.of("null", "false", "\"\"", "{}");

    private final Settings settings;
    private final Set<String> known = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    ConfigValidator(Settings settings) {
        this.settings = settings;
    }

    /** Keys that the reader honours, whatever their value. */
    public ConfigValidator reading(String... keys) {
        known.addAll(Arrays.asList(keys));
        return this;
    }

    /** Keys without consequence for what is computed, such as what only training reads. */
    public ConfigValidator ignoring(String... keys) {
        return reading(keys);
    }

    /**
     * A key that must be absent, {@code null} or one of some values: for a key whose absence means one of them.
     *
     * @param supported strings, numbers or booleans; a list is supported when every member is
     */
    public ConfigValidator only(String key, Object... supported) {
        known.add(key);
        if (settings.has(key) && !isOneOf(settings.json(key), supported)) {
            refuse(key, shown(supported));
        }
        return this;
    }

    /** As {@link #only}, of a key whose absence means something else: it must be there. */
    public ConfigValidator always(String key, Object... supported) {
        if (!settings.has(key)) {
            faults.add(key + " is missing (supported: " + shown(supported) + ")");
        }
        return only(key, supported);
    }

    /** Keys that must be absent, {@code null}, {@code false} or empty. */
    public ConfigValidator absent(String... keys) {
        for (String key : keys) {
            known.add(key);
            if (settings.has(key) && !isUnset(settings.json(key))) {
                faults.add(key + " = " + Settings.format(settings.json(key))
                        + " is not supported (it must be absent, null or false)");
            }
        }
        return this;
    }

    /**
     * Ends the check: a key that was not named above must be {@code null}, {@code false} or empty, or begin with an underscore.
     *
     * @throws AtelierException MODEL_INVALID that names every setting which is not supported
     */
    public void throwIfUnsupported() {
        for (String key : new TreeSet<>(settings.keys())) {
            if (!known.contains(key) && !key.startsWith("_") && !isUnset(settings.json(key))) {
                faults.add(key + " = " + Settings.format(settings.json(key)) + " is not known");
            }
        }
        if (faults.size() == 1) {
            throw ModelFaults.in(settings.file(), faults.get(0) + ".");
        }
        if (!faults.isEmpty()) {
            throw ModelFaults.listing(
                    settings.file() + " has unsupported settings:",
                    faults.stream().map(fault -> fault + ".").toList());
        }
    }

    private void refuse(String key, String supported) {
        faults.add(
                key + " = " + Settings.format(settings.json(key)) + " is not supported (supported: " + supported + ")");
    }

    private static String shown(Object[] supported) {
        return Arrays.stream(supported)
                .map(value -> value instanceof String ? "\"" + value + "\"" : String.valueOf(value))
                .collect(Collectors.joining(", "));
    }

    private static boolean isOneOf(JsonElement value, Object[] supported) {
        if (value instanceof JsonArray list) {
            return list.asList().stream().allMatch(member -> isOneOf(member, supported));
        }
        return value instanceof JsonPrimitive single && Arrays.stream(supported).anyMatch(one -> same(single, one));
    }

    private static boolean same(JsonPrimitive value, Object supported) {
        if (supported instanceof Number number) {
            return value.isNumber() && value.getAsDouble() == number.doubleValue();
        }
        return supported instanceof Boolean
                ? value.isBoolean() && supported.equals(value.getAsBoolean())
                : value.isString() && supported.equals(value.getAsString());
    }

    private static boolean isUnset(JsonElement value) {
        if (value instanceof JsonArray list) {
            return list.asList().stream().allMatch(ConfigValidator::isUnset);
        }
        return UNSET.contains(value.toString());
    }
}
