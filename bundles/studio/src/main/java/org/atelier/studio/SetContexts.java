package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.MODEL_NOT_FOUND;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.context.TextSummarizer;
import org.atelier.api.context.Words;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.models.ModelFolder;

/** What of a request is known only by reading: what its contexts say, their summary, and what a reference shows. */
final class SetContexts {

    /** The kind of context that says what a picture shows. */
    private static final String PICTURE = "picture";

    private final ContextReader reader;
    private final TextSummarizers summarizers;
    private final Artist artist;

    SetContexts(ContextReader reader, TextSummarizers summarizers, Artist artist) {
        this.reader = reader;
        this.summarizers = summarizers;
        this.artist = artist;
    }

    /** Settles and checks what can be checked without reading. */
    void settle(SetRequest request, SetRequestBuilder settled, Faults faults) {
        settled.contexts(reader.settle(request.contexts(), faults));
        String when = request.summary().when();
        faults.unless(
                ContextSummary.WHEN.contains(when),
                "There is no summary '%s'; known are %s.".formatted(when, String.join(", ", ContextSummary.WHEN)));
        faults.unless(
                !when.equals("always")
                        || request.contexts().isEmpty()
                        || request.summary().said() != null
                        || request.summary().saidOfReferences() != null
                        || !summarizers.names().isEmpty(),
                "No plugin is installed that summarizes; leave --summary always out.");
        faults.unless(
                !request.references().isEmpty() || request.contexts().stream().noneMatch(ContextInput::forReference),
                "A context for the reference needs a --reference; leave --context-for out.");
    }

    /** Why a reference without a prompt cannot be captioned, if so. */
    Optional<String> objection(ReferenceFile reference) {
        return reader.objection(ContextInput.of(PICTURE, reference.file()));
    }

    /**
     * Reads everything, and draws nothing.
     *
     * @param listener told of progress; says when to stop
     * @return the request with every word that it will be drawn by
     * @throws AtelierException if an input cannot be read, or nothing is left to draw by
     */
    SettledRequest read(SettledRequest settled, SetListener listener) {
        SetRequest request = settled.request();
        List<ContextInput> inputs = new ArrayList<>(request.contexts());
        List<Integer> captioned = IntStream.range(0, request.references().size())
                .filter(index -> request.references().get(index).isWithoutWords())
                .boxed()
                .toList();
        captioned.forEach(index -> inputs.add(
                ContextInput.of(PICTURE, request.references().get(index).file())));
        List<ContextInput> read = reader.read(inputs, listener);
        List<ReferenceFile> references = new ArrayList<>(request.references());
        for (int i = 0; i < captioned.size(); i++) {
            int index = captioned.get(i);
            Words caption = read.get(request.contexts().size() + i).said();
            references.set(index, references.get(index).saying(caption));
        }
        SetRequest heard = request.but()
                .contexts(read.subList(0, request.contexts().size()))
                .references(references)
                .build();
        SetRequest complete = summarized(settled.model(), heard, listener);
        Faults faults = new Faults();
        PromptTexts.checkWords(complete, faults);
        faults.throwIfAny();
        return new SettledRequest(complete, settled.model(), settled.trajectories());
    }

    private SetRequest summarized(ModelFolder model, SetRequest heard, SetListener listener) {
        ContextSummary summary = heard.summary();
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
    private Words summary(ModelFolder model, SetRequest heard, boolean forReferences, SetListener listener) {
        String text = heard.saidInFull(forReferences);
        boolean always = heard.summary().when().equals("always");
        boolean needed = always
                || (heard.summary().when().equals("auto")
                        && prompts(heard, forReferences).anyMatch(prompt -> !artist.unread(model, prompt)
                                .isBlank()));
        if (text.isBlank() || !needed || summarizers.names().isEmpty()) {
            return null;
        }
        String name = summarizers.names().get(0);
        Faults faults = new Faults();
        Map<String, Object> options = summarizers.settle(name, Map.of(), faults);
        faults.throwIfAny();
        try (PluginLease<TextSummarizer> lease = summarizers.lease(name, options)) {
            return lease.plugin().summarize(text, new ListeningProgress(listener, 0, 1));
        } catch (AtelierException e) {
            if (always || e.code() != MODEL_NOT_FOUND) {
                throw e;
            }
            listener.noted("The contexts are too long, and are not summarized: " + e.getMessage());
            return null;
        }
    }

    private static Stream<String> prompts(SetRequest heard, boolean ofReferences) {
        return ofReferences
                ? IntStream.range(0, heard.references().size()).mapToObj(heard::referencePrompt)
                : IntStream.range(0, heard.items().size()).mapToObj(heard::styledPrompt);
    }

    /**
     * Only the words of contexts, for no set.
     *
     * @throws AtelierException that lists every fault, one a line
     */
    List<ContextInput> describe(List<ContextInput> contexts, SetListener listener) {
        Faults faults = new Faults();
        List<ContextInput> settled = reader.settle(contexts, faults);
        faults.throwIfAny();
        if (settled.isEmpty()) {
            throw new AtelierException(INVALID_REQUEST, "Nothing is given that could be described.");
        }
        return reader.read(settled, listener);
    }
}
