package org.atelier.studio.resolve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.models.tokenizer.PromptTokenizer;

/** Checks that the strategies of a set support the network and find their words, before any work. */
final class StrategyCheck {

    /** Images with the same strategy and size. */
    private record Group(AttentionStrategy strategy, int width, int height) {}

    private StrategyCheck() {}

    /**
     * Calls every strategy for every layer, as generation does.
     *
     * @param request a resolved request
     * @throws org.atelier.api.AtelierException the error of a strategy
     */
    static void checkLayers(SetRequest request, ModelConfiguration model, SetStrategies strategies) {
        Set<Group> groups = new LinkedHashSet<>();
        for (SetItem item : request.items()) {
            groups.add(new Group(
                    strategies.of(item),
                    PanoramaResolver.viewWidth(request, model, item),
                    PanoramaResolver.viewHeight(request, model, item)));
        }
        for (Group group : groups) {
            List<AttentionLayer> layers = model.attentionLayers(group.width, group.height);
            layers.forEach(group.strategy::at);
        }
    }

    /**
     * Checks that the words which strategies need to find in references are in the references' prompts, and before the
     * text encoder truncates them. Texts that are not read yet are checked once they are.
     *
     * @param request a resolved request
     */
    static void checkWords(SetRequest request, ModelConfiguration model, SetStrategies strategies, Faults faults) {
        Set<String> words = request.items().stream()
                .map(strategies::of)
                .filter(strategy -> strategy.coupling() == Coupling.REFERENCES)
                .flatMap(strategy -> strategy.referenceWords().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (words.isEmpty() || !isRead(request)) {
            return;
        }
        List<String> prompts = prompts(request);
        try (PromptTokenizer tokenizer = model.promptTokenizer()) {
            for (String word : words) {
                faults.require(
                        prompts.stream()
                                .anyMatch(prompt ->
                                        !tokenizer.positions(prompt, word).isEmpty()),
                        "The attention '%s' looks for '%s' in the reference, but %s; give a word of it."
                                .formatted(request.sharing().attention(), word, lack(prompts)));
            }
        }
    }

    /** Whether every text that a reference's prompt consists of is known. */
    private static boolean isRead(SetRequest request) {
        return request.contexts().inputs().stream().allMatch(context -> context.resolved() != null)
                && request.references().images().stream().noneMatch(request::needsCaption);
    }

    /** The prompts of the references, or of the image that is the reference of the others. */
    private static List<String> prompts(SetRequest request) {
        return request.references().isEmpty()
                ? List.of(request.styledPrompt(0))
                : IntStream.range(0, request.references().images().size())
                        .mapToObj(request::referencePrompt)
                        .toList();
    }

    private static String lack(List<String> prompts) {
        String quoted = prompts.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
        return prompts.size() == 1 ? "its prompt is " + quoted : "the prompts of the references are " + quoted;
    }
}
