package org.atelier.web.a1111;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.atelier.api.metadata.ForeignFormat;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.Sampling;
import org.atelier.api.set.SetRequestBuilder;

/** The samplers and schedulers by the names of stable-diffusion-webui. A plugin that it lacks has its own name. */
final class SamplerNames {

    private static final String KIND = "sampler";

    /** The schedulers that samplers have a counterpart for, and their labels. */
    private static final Map<String, String> SCHEDULERS =
            new TreeMap<>(Map.of("automatic", "Automatic", "karras", "Karras", "exponential", "Exponential"));

    private static final Set<String> MODELS_OWN = Set.of("", "automatic", "normal", "simple", "uniform");

    private final PluginCatalog plugins;
    private final ForeignFormat format;

    SamplerNames(PluginCatalog plugins, ForeignFormat format) {
        this.plugins = plugins;
        this.format = format;
    }

    private List<String> installed() {
        return plugins.plugins().stream()
                .filter(plugin -> plugin.kind().equals(KIND))
                .map(PluginDescription::name)
                .toList();
    }

    /**
     * Sets the sampler of a request.
     *
     * @param name {@code DPM++ 2M}, {@code DPM++ 2M Karras}, or the name of a plugin
     * @param scheduler {@code karras} or {@code Karras}; empty for the one that the name has, or the model's own
     * @param notes takes a sentence if the scheduler has no effect
     */
    void apply(String name, String scheduler, SetRequestBuilder request, List<String> notes) {
        Sampling sampling = format.request(
                        new GenerationParameters(
                                "stable-diffusion-webui",
                                "",
                                "",
                                scheduler.isEmpty()
                                        ? Map.of("Sampler", name)
                                        : Map.of("Sampler", name, "Schedule type", scheduler)),
                        note -> {})
                .sampling();
        Optional<String> plugin = installed().stream()
                .filter(sampler -> sampler.equalsIgnoreCase(name))
                .findFirst();
        if (sampling.sampler() == null && plugin.isEmpty()) {
            throw FormFields.invalid(
                    "sampler_name",
                    "there is no sampler '%s'; installed are %s".formatted(name, String.join(", ", names())));
        }
        request.sampler(sampling.sampler() == null ? plugin.get() : sampling.sampler());
        request.samplerOptions(sampling.samplerOptions());
        if (!MODELS_OWN.contains(scheduler.toLowerCase(Locale.ROOT))
                && !sampling.samplerOptions().containsKey("sigmas")) {
            notes.add("The scheduler '%s' has no counterpart for this sampler; the model's own is used."
                    .formatted(scheduler));
        }
    }

    private Set<String> names() {
        return installed().stream().map(format::webuiSampler).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns stable-diffusion-webui's name of a sampler. */
    String nameOf(String sampler) {
        return format.webuiSampler(sampler);
    }

    JsonArray list() {
        JsonArray list = new JsonArray();
        for (String sampler : installed()) {
            JsonArray aliases = new JsonArray();
            aliases.add(sampler);
            JsonObject json = new JsonObject();
            json.addProperty("name", nameOf(sampler));
            json.add("aliases", aliases);
            json.add("options", new JsonObject());
            list.add(json);
        }
        return list;
    }

    static JsonArray schedulers() {
        JsonArray list = new JsonArray();
        SCHEDULERS.forEach((name, label) -> {
            JsonObject json = new JsonObject();
            json.addProperty("name", name);
            json.addProperty("label", label);
            json.add("aliases", JsonNull.INSTANCE);
            json.addProperty("default_rho", -1.0);
            json.addProperty("need_inner_model", false);
            list.add(json);
        });
        return list;
    }
}
