package org.atelier.requests.foreign;

import static org.atelier.requests.foreign.ForeignParameters.CFG_SCALE;
import static org.atelier.requests.foreign.ForeignParameters.MODEL;
import static org.atelier.requests.foreign.ForeignParameters.SAMPLER;
import static org.atelier.requests.foreign.ForeignParameters.SCHEDULE;
import static org.atelier.requests.foreign.ForeignParameters.SEED;
import static org.atelier.requests.foreign.ForeignParameters.SIZE;
import static org.atelier.requests.foreign.ForeignParameters.STEPS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** As much of another program's parameters as a request can hold, and notes on the rest. */
public final class ForeignRequest {

    /** The noise levels behind the name of a sampler, as in "DPM++ 2M Karras" and "euler_k". */
    private static final Pattern WITH_LEVELS = Pattern.compile("(?i)(.*?)[ _](karras|exponential|k)");

    private static final Map<String, String> SIGMAS =
            Map.of("karras", "karras", "k", "karras", "exponential", "exponential");

    /** The schedules that mean the noise levels of the model's own timesteps. */
    private static final Set<String> PLAIN_SCHEDULES = Set.of("normal", "simple", "automatic", "native");

    private static final Pattern SIDES = Pattern.compile("(\\d{1,5})\\s*x\\s*(\\d{1,5})");
    private static final Pattern LORA =
            Pattern.compile("(?:, ?| )?<lora:([^:<>]{1,200})(?::(-?\\d{1,3}(?:\\.\\d{1,9})?))?[^<>]{0,200}>");

    private static final Pattern SYNTAX =
            Pattern.compile("\\([^()]*:\\s*\\d[\\d.]*\\s*\\)|<(?:lyco|hypernet):[^>]*>|\\bBREAK\\b");

    /** Counts the last layer as 1. */
    private static final String CLIP_SKIP = "Clip skip";

    private final GenerationParameters parameters;
    private final Map<String, String> left;
    private final List<String> notes = new ArrayList<>();

    private ForeignRequest(GenerationParameters parameters) {
        this.parameters = parameters;
        this.left = new LinkedHashMap<>(parameters.settings());
    }

    /** @param notes takes a sentence for each thing that the request does not hold */
    public static SetRequest of(GenerationParameters parameters, Consumer<String> notes) {
        ForeignRequest request = new ForeignRequest(parameters);
        SetRequest mapped = request.mapped();
        request.notes.forEach(notes);
        return mapped;
    }

    private SetRequest mapped() {
        SetRequestBuilder request = SetRequest.builder().prompts(prompt());
        if (!parameters.negativePrompt().isEmpty()) {
            request.negativePrompt(oneLine(parameters.negativePrompt()));
        }
        take(STEPS, "[1-9]\\d{0,3}").map(Integer::valueOf).ifPresent(request::steps);
        take(CFG_SCALE, "\\d{1,4}(\\.\\d{1,10})?").map(Double::valueOf).ifPresent(request::cfgScale);
        take(CLIP_SKIP, "[1-9]\\d?").map(Integer::valueOf).ifPresent(layers -> mapClipSkip(layers, request));
        take(SEED, "\\d{1,18}").map(Long::valueOf).ifPresent(request::seed);
        mapSampler(request);
        mapSize(request);
        noteTheRest();
        return request.build();
    }

    /** The prompt without its LoRAs: their files may be missing here, so the user decides. */
    private String prompt() {
        Matcher lora = LORA.matcher(parameters.prompt());
        while (lora.find()) {
            String name = lora.group(1);
            String strength = lora.group(2) == null ? "" : "=" + lora.group(2);
            notes.add("The image was generated with the LoRA '%s'; give its file with --lora FILE%s."
                    .formatted(name, strength));
        }
        return oneLine(LORA.matcher(parameters.prompt()).replaceAll("").replaceFirst("^[\\s,]+", ""));
    }

    /** Programs break long prompts into lines, which mean no more to them than a space. */
    private static String oneLine(String prompt) {
        return prompt.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private Optional<String> take(String name, String form) {
        String value = left.remove(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.matches(form)) {
            notes.add("%s '%s' of the image cannot be taken.".formatted(name, value));
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private void mapClipSkip(int layers, SetRequestBuilder request) {
        if (layers > 1) {
            request.clipSkip(layers - 1);
            notes.add(
                    "Clip skip %d of the image is clip_skip %d here; for a model of Stable Diffusion XL give --clip-skip 0,"
                                    .formatted(layers, layers - 1)
                            + " since other programs ignore it there.");
        }
    }

    private void mapSampler(SetRequestBuilder request) {
        String name = left.remove(SAMPLER);
        if (name == null) {
            return;
        }
        Matcher levels = WITH_LEVELS.matcher(name);
        Optional<String> known = ForeignSamplers.sampler(levels.matches() ? levels.group(1) : name);
        if (known.isEmpty()) {
            notes.add("The sampler '%s' of the image has no counterpart here; the default is used.".formatted(name));
            return;
        }
        request.sampler(known.get());
        String schedule = left.remove(SCHEDULE);
        mapLevels(levels.matches() ? levels.group(2) : schedule, known.get(), request);
    }

    private void mapLevels(String schedule, String sampler, SetRequestBuilder request) {
        if (schedule == null || PLAIN_SCHEDULES.contains(schedule.toLowerCase(Locale.ROOT))) {
            return;
        }
        String sigmas = SIGMAS.get(schedule.toLowerCase(Locale.ROOT));
        if (sigmas != null && ForeignSamplers.hasSigmas(sampler)) {
            request.samplerOptions(Map.of("sigmas", sigmas));
        } else {
            notes.add("The schedule '%s' of the image has no counterpart for %s; the model's own is used."
                    .formatted(schedule, sampler));
        }
    }

    private void mapSize(SetRequestBuilder request) {
        String size = left.remove(SIZE);
        if (size == null) {
            return;
        }
        Matcher sides = SIDES.matcher(size);
        if (sides.matches()) {
            request.width(Integer.parseInt(sides.group(1))).height(Integer.parseInt(sides.group(2)));
        } else {
            notes.add("%s '%s' of the image cannot be taken.".formatted(SIZE, size));
        }
    }

    private void noteTheRest() {
        String model = left.remove(MODEL);
        if (model != null) {
            notes.add("The image was generated with the model '%s'; name a model with --model.".formatted(model));
        }
        if (SYNTAX.matcher(parameters.prompt() + "\n" + parameters.negativePrompt())
                .find()) {
            notes.add(
                    "Weights and networks in the prompt, such as (word:1.2) and <hypernet:name:1>, are read as plain text.");
        }
        if (!left.isEmpty()) {
            notes.add(
                    "Left out of what %s wrote: %s.".formatted(parameters.program(), String.join(", ", left.keySet())));
        }
    }
}
