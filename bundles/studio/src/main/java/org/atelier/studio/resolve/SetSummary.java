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
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.plugins.PluginLease;
import org.atelier.plugins.PluginRegistry;

/**
 * What a set's contexts say, in fewer words. A summary that is always made is checked before anything is read, and refused
 * without its model. One that is made of long texts only refuses nothing: most sets need none, and whether this one does is
 * known when its contexts are read.
 */
public final class SetSummary {

    private static final String ALWAYS = "always";

    /** Why a text stays long where nobody insisted on a summary. */
    private static final Set<Code> ABSENT = Set.of(MODEL_NOT_FOUND, MODEL_INVALID);

    private final PluginRegistry<TextSummarizer> summarizers;
    private final ModelInspector inspector;

    public SetSummary(PluginRegistry<TextSummarizer> summarizers, ModelInspector inspector) {
        this.summarizers = summarizers;
        this.inspector = inspector;
    }

    /** Whether one is made whatever the contexts say. */
    static boolean isCertain(SetRequest request) {
        return request.contexts().summary().when().equals(ALWAYS)
                && !request.contexts().inputs().isEmpty()
                && request.contexts().summary().said() == null
                && request.contexts().summary().saidOfReferences() == null;
    }

    void check(SetRequest request, Faults faults) {
        String when = request.contexts().summary().when();
        faults.unless(
                ContextSummary.WHEN.contains(when),
                "There is no summary '%s'; known are %s.".formatted(when, String.join(", ", ContextSummary.WHEN)));
        if (!isCertain(request)) {
            return;
        }
        if (summarizers.defaultName().isEmpty()) {
            faults.add("No plugin is installed that summarizes; leave --summary always out.");
            return;
        }
        try (PluginLease<TextSummarizer> lease = lease(summarizers.defaultName().get())) {
            lease.plugin().check();
        } catch (AtelierException e) {
            faults.add(e);
        }
    }

    /**
     * Summarizes what is not summarized yet.
     *
     * @param heard with every context read
     * @param listener told of a summary that is needed and cannot be made; says when to stop
     */
    SetRequest summarized(ModelConfiguration model, SetRequest heard, SetListener listener) {
        ContextSummary summary = heard.contexts().summary();
        return heard.but()
                .summary(new ContextSummary(
                        summary.when(),
                        summary.said() == null ? summary(model, heard, false, listener) : summary.said(),
                        summary.saidOfReferences() == null
                                ? summary(model, heard, true, listener)
                                : summary.saidOfReferences()))
                .build();
    }

    /** {@code null} where none is needed or none can be made. */
    private ContextText summary(
            ModelConfiguration model, SetRequest heard, boolean ofReferences, SetListener listener) {
        String text = heard.contexts().fullText(ofReferences);
        boolean always = heard.contexts().summary().when().equals(ALWAYS);
        boolean needed = always
                || (heard.contexts().summary().when().equals("auto")
                        && prompts(heard, ofReferences)
                                .anyMatch(prompt ->
                                        !inspector.truncated(model, prompt).isBlank()));
        Optional<String> name = summarizers.defaultName();
        if (text.isBlank() || !needed || name.isEmpty()) {
            return null;
        }
        try (PluginLease<TextSummarizer> lease = lease(name.get())) {
            return lease.plugin().summarize(text, new ContextProgress(listener, 0, 1));
        } catch (AtelierException e) {
            if (always || !ABSENT.contains(e.code())) {
                throw e;
            }
            listener.noted("The contexts are too long, and are not summarized: " + e.getMessage());
            return null;
        }
    }

    private PluginLease<TextSummarizer> lease(String name) {
        Faults faults = new Faults();
        Map<String, Object> options = summarizers.resolve(name, Map.of(), faults);
        faults.throwIfAny();
        return summarizers.lease(name, options);
    }

    private static Stream<String> prompts(SetRequest heard, boolean ofReferences) {
        return ofReferences
                ? IntStream.range(0, heard.references().images().size()).mapToObj(heard::referencePrompt)
                : IntStream.range(0, heard.items().size()).mapToObj(heard::styledPrompt);
    }
}
