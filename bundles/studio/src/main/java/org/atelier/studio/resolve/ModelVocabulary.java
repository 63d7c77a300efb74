package org.atelier.studio.resolve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a model that knows few.
 *
 * @param groups phrases by group, in order; empty for a model that is not so limited
 */
record ModelVocabulary(Map<String, List<String>> groups) {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** What holds a phrase together and needs no image of its own. */
    private static final Set<String> LINKS =
            Set.of("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with");

    /** One sentence that lists the words by group, or nothing for a model without limits. */
    Optional<String> listed(String model) {
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(model + " knows "
                + groups.entrySet().stream()
                        .map(group -> group.getKey() + ": " + String.join(", ", group.getValue()))
                        .collect(Collectors.joining("; "))
                + ".");
    }

    /** The words of the texts that the model was never shown, in lower case, each once; none for a model without limits. */
    Set<String> unknownIn(List<String> texts) {
        Set<String> unknown = new LinkedHashSet<>();
        if (groups.isEmpty()) {
            return unknown;
        }
        texts.forEach(text -> unknown.addAll(words(text)));
        unknown.removeAll(LINKS);
        groups.values().forEach(phrases -> phrases.forEach(phrase -> unknown.removeAll(words(phrase))));
        return unknown;
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
