package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.MODEL_INVALID;
import static org.atelier.api.AtelierException.Code.MODEL_NOT_FOUND;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Faults;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.TextSummarizer;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.plugins.PluginRegistry;

/**
 * Summarises the texts of the contexts of a set. For {@code always}, the model is checked before any input is read, and a
 * missing model is a fault. For {@code auto}, a missing model is not a fault: most sets need no summary, and only the texts
 * of the contexts show whether this set does.
 */
public final class ContextSummarizer {

    private static final String ALWAYS = "always";

    /** Faults that skip an optional summary. */
    private static final Set<Code> ABSENT = Set.of(MODEL_NOT_FOUND, MODEL_INVALID);

    private final PluginRegistry<TextSummarizer> summarizers;

    public ContextSummarizer(PluginRegistry<TextSummarizer> summarizers) {
        this.summarizers = summarizers;
    }

    /** Whether the set needs a summary, whatever the texts of its contexts are. */
    static boolean isCertain(SetRequest request) {
        return request.contexts().summary().when().equals(ALWAYS)
                && !request.contexts().inputs().isEmpty()
                && request.contexts().summary().resolved() == null
                && request.contexts().summary().resolvedForReferences() == null;
    }

    void check(SetRequest request, SetResources resources, Faults faults) {
        String when = request.contexts().summary().when();
        faults.require(
                ContextSummary.WHEN.contains(when),
                "There is no summary '%s'; available: %s.".formatted(when, String.join(", ", ContextSummary.WHEN)));
        if (!isCertain(request)) {
            return;
        }
        if (summarizers.defaultName().isEmpty()) {
            faults.add("No summary plugin is installed; omit --summary always.");
            return;
        }
        try {
            plugin(summarizers.defaultName().get(), resources).check();
        } catch (AtelierException e) {
            faults.add(e);
        }
    }

    /**
     * Adds missing summaries, then closes the plugin.
     *
     * @param request a request whose contexts are read
     * @param listener receives a note if a needed summary cannot be made; can cancel
     */
    SetRequest summarized(SetRequest request, ModelConfiguration model, SetResources resources, SetListener listener) {
        ContextSummary summary = request.contexts().summary();
        SetRequest summarized = request.toBuilder()
                .summary(new ContextSummary(
                        summary.when(),
                        summary.resolved() == null && isNeeded(request, model, false)
                                ? summary(request.contexts(), false, resources, listener)
                                : summary.resolved(),
                        summary.resolvedForReferences() == null && isNeeded(request, model, true)
                                ? summary(request.contexts(), true, resources, listener)
                                : summary.resolvedForReferences()))
                .build();
        resources.summarizers().close();
        return summarized;
    }

    /**
     * Returns the summaries of contexts that belong to no set, made for {@code always} alone: without prompts nothing tells
     * whether the texts are too long.
     */
    ContextSummary summarized(Contexts contexts, SetResources resources, SetListener listener) {
        String when = contexts.summary().when();
        if (!when.equals(ALWAYS)) {
            return contexts.summary();
        }
        ContextSummary summary = new ContextSummary(
                when, summary(contexts, false, resources, listener), summary(contexts, true, resources, listener));
        resources.summarizers().close();
        return summary;
    }

    private static boolean isNeeded(SetRequest request, ModelConfiguration model, boolean ofReferences) {
        String when = request.contexts().summary().when();
        return when.equals(ALWAYS)
                || (when.equals("auto")
                        && !request.contexts().fullText(ofReferences).isBlank()
                        && isAnyTruncated(prompts(request, ofReferences), model));
    }

    /** Returns the summary; {@code null} if there is no text, or none can be made. */
    private ContextText summary(Contexts contexts, boolean ofReferences, SetResources resources, SetListener listener) {
        String text = contexts.fullText(ofReferences);
        boolean always = contexts.summary().when().equals(ALWAYS);
        Optional<String> name = summarizers.defaultName();
        if (text.isBlank() || name.isEmpty()) {
            return null;
        }
        try {
            return plugin(name.get(), resources).summarize(text, new ContextProgress(listener, 0, 1));
        } catch (AtelierException e) {
            if (always || !ABSENT.contains(e.code())) {
                throw e;
            }
            listener.noted("The contexts are too long and cannot be summarised: " + e.getMessage());
            return null;
        }
    }

    private TextSummarizer plugin(String name, SetResources resources) {
        Faults faults = new Faults();
        Map<String, Object> options = summarizers.resolve(name, Map.of(), resources.pluginModels(), faults);
        faults.throwIfAny();
        return resources.summarizers().lease(name, options).plugin();
    }

    private static boolean isAnyTruncated(Stream<String> prompts, ModelConfiguration model) {
        try (PromptTokenizer tokenizer = model.promptTokenizer()) {
            return prompts.anyMatch(prompt -> !tokenizer.encode(prompt).cut().isBlank());
        }
    }

    private static Stream<String> prompts(SetRequest request, boolean ofReferences) {
        return ofReferences
                ? IntStream.range(0, request.references().images().size()).mapToObj(request::referencePrompt)
                : Stream.concat(
                        IntStream.range(0, request.items().size()).mapToObj(request::styledPrompt),
                        request.regions().list().stream().map(request::styledPrompt));
    }
}
