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
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** Resolves the values that require reading inputs: the texts of contexts, their summary, and captions of references. */
public final class ContextResolver {

    /** The kind of context that describes an image. */
    static final String IMAGE = "picture";

    private final ContextReader reader;
    private final ContextSummarizer summarizer;

    public ContextResolver(ContextReader reader, ContextSummarizer summarizer) {
        this.reader = reader;
        this.summarizer = summarizer;
    }

    /** Resolves and checks everything that does not require reading the inputs. */
    void resolve(SetRequest request, SetRequestBuilder resolved, SetResources resources, Faults faults) {
        resolved.contexts(reader.resolve(request.contexts().inputs(), resources, faults));
        summarizer.check(request, resources, faults);
        faults.require(
                !request.references().isEmpty()
                        || request.contexts().inputs().stream().noneMatch(ContextInput::forReference),
                "A context for the reference requires a --reference; omit --context-for.");
    }

    /** Returns why a reference without a prompt cannot be captioned; empty if it can. */
    Optional<String> problem(ReferenceFile reference, SetResources resources) {
        return reader.problem(ContextInput.of(IMAGE, reference.file()), resources);
    }

    /**
     * Reads every input.
     *
     * @param listener can cancel
     * @return the set with all texts resolved
     * @throws AtelierException if an input cannot be read, or a prompt stays empty
     */
    public OpenedSet read(OpenedSet set, SetListener listener) {
        SetRequest request = set.request();
        List<ContextInput> inputs = new ArrayList<>(request.contexts().inputs());
        List<Integer> captioned = IntStream.range(
                        0, request.references().images().size())
                .filter(index ->
                        request.needsCaption(request.references().images().get(index)))
                .boxed()
                .toList();
        captioned.forEach(index -> inputs.add(
                ContextInput.of(IMAGE, request.references().images().get(index).file())));
        List<ContextInput> read = reader.read(inputs, set.resources(), listener);
        List<ReferenceFile> references = new ArrayList<>(request.references().images());
        for (int i = 0; i < captioned.size(); i++) {
            int index = captioned.get(i);
            ContextText caption =
                    read.get(request.contexts().inputs().size() + i).resolved();
            references.set(index, references.get(index).withText(caption));
        }
        SetRequest withTexts = request.toBuilder()
                .contexts(read.subList(0, request.contexts().inputs().size()))
                .references(references)
                .build();
        SetRequest complete = summarizer.summarized(withTexts, set.model(), set.resources(), listener);
        Faults faults = new Faults();
        PromptTexts.checkComplete(complete, faults);
        StrategyCheck.checkWords(complete, set.model(), set.strategies(), faults);
        faults.throwIfAny();
        return set.withTexts(complete);
    }

    /**
     * Reads the contexts of a request that generates nothing, and summarises them if the request says always.
     *
     * @param resources leases the plugins and reads the files
     * @throws AtelierException that lists every fault, one per line
     */
    public Contexts describe(SetRequest request, SetResources resources, SetListener listener) {
        Faults faults = new Faults();
        List<ContextInput> resolved = reader.resolve(request.contexts().inputs(), resources, faults);
        summarizer.check(request, resources, faults);
        faults.throwIfAny();
        if (resolved.isEmpty()) {
            throw new AtelierException(INVALID_REQUEST, "There is nothing to describe; give at least one context.");
        }
        List<ContextInput> texts = reader.read(resolved, resources, listener);
        Contexts read = new Contexts(texts, request.contexts().summary());
        return new Contexts(texts, summarizer.summarized(read, resources, listener));
    }
}
