package org.atelier.studio.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.set.SetRequest;

/** The notes about the model of a set, for the user before it is generated. */
public final class ModelNotes {

    /** A number of pixels so many times that of the training, or so few, is far from it. */
    private static final double FAR = 2;

    private ModelNotes() {}

    /** Returns sentences: the note of the model, its vocabulary if it is limited, and unknown words of the request. */
    public static List<String> of(OpenedSet set) {
        ModelDescription model = set.model().source().description();
        ModelVocabulary words = new ModelVocabulary(model.vocabulary());
        List<String> notes = new ArrayList<>();
        if (!model.note().isBlank()) {
            notes.add(model.note());
        }
        words.listed(model.name()).ifPresent(notes::add);
        size(set).ifPresent(notes::add);
        Set<String> unknown = words.unknownIn(texts(set.request()));
        if (!unknown.isEmpty()) {
            notes.add("%s does not know: %s.".formatted(model.name(), String.join(", ", unknown)));
        }
        return notes;
    }

    /** A sentence about the first image that is far from the size of the model's training; panoramas are divided. */
    private static Optional<String> size(OpenedSet set) {
        SetRequest request = set.request();
        if (request.panorama().enabled()) {
            return Optional.empty();
        }
        double own = (double) set.model().width() * set.model().height();
        return request.items().stream()
                .filter(item -> item.width() != null && item.height() != null)
                .filter(item -> {
                    double pixels = (double) item.width() * item.height() / own;
                    return pixels > FAR || pixels < 1 / FAR;
                })
                .findFirst()
                .map(item ->
                        "Images of %d x %d are far from the %d x %d that %s was trained with, and may show repeated or broken shapes."
                                .formatted(
                                        item.width(),
                                        item.height(),
                                        set.model().width(),
                                        set.model().height(),
                                        set.model().source().name()));
    }

    private static List<String> texts(SetRequest request) {
        Stream<String> prompts = IntStream.range(0, request.items().size()).mapToObj(request::styledPrompt);
        Stream<String> references =
                IntStream.range(0, request.references().images().size()).mapToObj(request::referencePrompt);
        Stream<String> regions = request.regions().list().stream().map(request::styledPrompt);
        return Stream.of(prompts, references, regions, Stream.ofNullable(request.negativePrompt()))
                .flatMap(Function.identity())
                .toList();
    }
}
