package org.atelier.models.library;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.set.InversionMethod;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.IntRange;
import org.atelier.models.json.Settings;
import org.atelier.models.source.ModelSource;

/**
 * The sampling settings that a model needs, for models that were distilled for few steps. They are the defaults of a
 * request; what is empty has the default of the model family.
 *
 * @param sampler name of a sampler
 * @param samplerOptions options of that sampler
 * @param steps denoising steps
 * @param cfgScale guidance scale, with and without references
 * @param prediction what the network predicts, as in {@code ModelOptions}
 * @param inversionMethod how references are noised
 */
public record RecommendedSettings(
        Optional<String> sampler,
        Map<String, Object> samplerOptions,
        Optional<Integer> steps,
        Optional<Double> cfgScale,
        Optional<String> prediction,
        Optional<InversionMethod> inversionMethod) {

    /** Recommends nothing. */
    public static final RecommendedSettings NONE = new RecommendedSettings(
            Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The guidance scale that latent consistency models embed, by their authors. */
    private static final double EMBEDDED_SCALE = 8;

    private static final int FEW_STEPS = 4;
    private static final String KNOWN = "few-step-models.json";
    private static final Pattern STEPS = Pattern.compile("(?i)(?<!\\d)(\\d{1,2})[-_ ]?steps?");
    private static final IntRange STEP_RANGE = new IntRange(1, 999);

    /** Makes defensive copies. */
    public RecommendedSettings {
        samplerOptions = Map.copyOf(samplerOptions);
    }

    /**
     * What a model recommends: by {@code NAME.json} beside it or the entry {@code defaults} of its {@code atelier.json},
     * by its name, or by the scheduler of its configuration.
     *
     * @throws org.atelier.api.AtelierException MODEL_INVALID if one of these files is invalid
     */
    public static RecommendedSettings of(ModelSource model) {
        Optional<RecommendedSettings> own = own(model).or(() -> named(model.name()));
        RecommendedSettings found = own.orElseGet(() -> scheduled(model.settings("scheduler")));
        boolean embedsGuidance = model.settings("unet").has("time_cond_proj_dim");
        return embedsGuidance ? found.withCfgScale(EMBEDDED_SCALE) : found;
    }

    /** What a known model, or a LoRA, of a name recommends; the name may tell the steps, as in {@code 4step}. */
    public static Optional<RecommendedSettings> named(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        for (JsonElement element : known()) {
            JsonObject hint = element.getAsJsonObject();
            if (Pattern.compile(hint.get("name").getAsString(), Pattern.CASE_INSENSITIVE)
                    .matcher(last)
                    .find()) {
                RecommendedSettings found = of(new Settings(Path.of(KNOWN), hint));
                Matcher steps = STEPS.matcher(last);
                return Optional.of(steps.find() ? found.withSteps(Integer.parseInt(steps.group(1))) : found);
            }
        }
        return Optional.empty();
    }

    private static JsonArray known() {
        try (InputStream file = RecommendedSettings.class.getResourceAsStream(KNOWN);
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<RecommendedSettings> own(ModelSource model) {
        Path path = model.path();
        String file = String.valueOf(path.getFileName()).replaceFirst("\\.safetensors$", "") + ".json";
        Path beside = path.resolveSibling(file);
        if (Files.isRegularFile(beside)) {
            return Optional.of(of(Settings.read(beside)));
        }
        Path card = path.resolve("atelier.json");
        if (!Files.isRegularFile(card)) {
            return Optional.empty();
        }
        Settings settings = Settings.read(card);
        return settings.has("defaults") ? Optional.of(of(settings.object("defaults"))) : Optional.empty();
    }

    /** The settings that the file of a distilled model's scheduler stands for. */
    private static RecommendedSettings scheduled(Settings scheduler) {
        return switch (scheduler.text("_class_name", "")) {
            case "LCMScheduler" -> distilled("lcm", Map.of());
            case "TCDScheduler" -> distilled("tcd", Map.of());
            case "EulerAncestralDiscreteScheduler" ->
                scheduler.text("timestep_spacing", "").equals("trailing")
                        ? distilled("euler-ancestral", Map.of())
                        : NONE;
            default -> NONE;
        };
    }

    private static RecommendedSettings distilled(String sampler, Map<String, Object> options) {
        return new RecommendedSettings(
                Optional.of(sampler),
                options,
                Optional.of(FEW_STEPS),
                Optional.of(1.0),
                Optional.empty(),
                Optional.of(InversionMethod.NOISE));
    }

    private static RecommendedSettings of(Settings settings) {
        return new RecommendedSettings(
                settings.has("sampler") ? Optional.of(settings.text("sampler")) : Optional.empty(),
                settings.has("sampler_options") ? options(settings.object("sampler_options")) : Map.of(),
                settings.has("steps") ? Optional.of(settings.integer("steps", STEP_RANGE)) : Optional.empty(),
                settings.has("cfg_scale") ? Optional.of(settings.number("cfg_scale")) : Optional.empty(),
                settings.has("prediction") ? Optional.of(settings.text("prediction")) : Optional.empty(),
                settings.has("inversion_method") ? Optional.of(method(settings)) : Optional.empty());
    }

    private static InversionMethod method(Settings settings) {
        String text = settings.text("inversion_method");
        if (!text.equals("ddim") && !text.equals("noise")) {
            throw ModelFaults.in(settings.file(), "inversion_method should be \"ddim\" or \"noise\".");
        }
        return InversionMethod.of(text);
    }

    private static Map<String, Object> options(Settings settings) {
        Map<String, Object> options = new HashMap<>();
        for (String key : settings.keys()) {
            if (!(settings.json(key) instanceof JsonPrimitive value)) {
                throw ModelFaults.in(settings.file(), "the sampler option " + key + " should be one value.");
            }
            options.put(
                    key,
                    value.isBoolean()
                            ? Boolean.valueOf(value.getAsBoolean())
                            : value.isNumber() ? Double.valueOf(value.getAsDouble()) : value.getAsString());
        }
        return options;
    }

    private RecommendedSettings withSteps(int count) {
        return new RecommendedSettings(
                sampler, samplerOptions, Optional.of(count), cfgScale, prediction, inversionMethod);
    }

    private RecommendedSettings withCfgScale(double scale) {
        return new RecommendedSettings(sampler, samplerOptions, steps, Optional.of(scale), prediction, inversionMethod);
    }
}
