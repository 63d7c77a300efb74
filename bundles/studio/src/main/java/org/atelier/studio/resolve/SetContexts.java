package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** What of a request is known only by reading: what its contexts say, their summary, and what a reference shows. */
public final class SetContexts {

    /** The kind of context that says what a picture shows. */
    static final String PICTURE = "picture";

    private final ContextReader reader;
    private final SetSummary summary;

    public SetContexts(ContextReader reader, SetSummary summary) {
        this.reader = reader;
        this.summary = summary;
    }

    /** Settles and checks what can be checked without reading. */
    void settle(SetRequest request, SetRequestBuilder settled, Faults faults) {
        settled.contexts(reader.settle(request.contexts().inputs(), faults));
        summary.check(request, faults);
        faults.unless(
                !request.references().isEmpty()
                        || request.contexts().inputs().stream().noneMatch(ContextInput::forReference),
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
    public ResolvedSet read(ResolvedSet settled, SetListener listener) {
        SetRequest request = settled.request();
        List<ContextInput> inputs = new ArrayList<>(request.contexts().inputs());
        List<Integer> captioned = IntStream.range(
                        0, request.references().images().size())
                .filter(index -> request.references().images().get(index).isWithoutWords())
                .boxed()
                .toList();
        captioned.forEach(index -> inputs.add(ContextInput.of(
                PICTURE, request.references().images().get(index).file())));
        List<ContextInput> read = reader.read(inputs, listener);
        List<ReferenceFile> references = new ArrayList<>(request.references().images());
        for (int i = 0; i < captioned.size(); i++) {
            int index = captioned.get(i);
            ContextText caption =
                    read.get(request.contexts().inputs().size() + i).said();
            references.set(index, references.get(index).saying(caption));
        }
        SetRequest heard = request.but()
                .contexts(read.subList(0, request.contexts().inputs().size()))
                .references(references)
                .build();
        SetRequest complete = summary.summarized(settled.model(), heard, listener);
        Faults faults = new Faults();
        PromptTexts.checkWords(complete, faults);
        faults.throwIfAny();
        return new ResolvedSet(complete, settled.model(), settled.trajectories());
    }

    /**
     * Only the words of contexts, for no set.
     *
     * @throws AtelierException that lists every fault, one a line
     */
    public List<ContextInput> describe(List<ContextInput> contexts, SetListener listener) {
        Faults faults = new Faults();
        List<ContextInput> settled = reader.settle(contexts, faults);
        faults.throwIfAny();
        if (settled.isEmpty()) {
            throw new AtelierException(INVALID_REQUEST, "Nothing is given that could be described.");
        }
        return reader.read(settled, listener);
    }
}
