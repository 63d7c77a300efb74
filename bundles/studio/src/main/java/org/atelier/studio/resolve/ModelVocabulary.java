package org.atelier.studio.resolve;

import java.text.Normalizer;
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
 * The vocabulary of a model that was trained on few words.
 *
 * @param groups phrases by group, in order; empty for a model without such a limit
 */
record ModelVocabulary(Map<String, List<String>> groups) {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*");

    /** Function words, which are not part of the vocabulary. */
    private static final Set<String> FUNCTION_WORDS =
            Set.of("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with");

    /** Returns a sentence that lists the words by group; empty for a model without a limit. */
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

    /** Returns the words outside the vocabulary, in lower case, each once; none for a model without a limit. */
    Set<String> unknownIn(List<String> texts) {
        Set<String> unknown = new LinkedHashSet<>();
        if (groups.isEmpty()) {
            return unknown;
        }
        texts.forEach(text -> unknown.addAll(words(text)));
        unknown.removeAll(FUNCTION_WORDS);
        groups.values().forEach(phrases -> phrases.forEach(phrase -> unknown.removeAll(words(phrase))));
        return unknown;
    }

    /** Composes letters and their marks, as the tokenizer does, so that a word is the same however it was typed. */
    private static String normalised(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(normalised(text));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
