package org.atelier.context.music;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Reads sets of labels from a component's properties, as a configuration may define more sets than the options. */
final class LabelSets {

    private static final String LABEL = "{label}";

    private final Map<String, ?> properties;

    private LabelSets(Map<String, ?> properties) {
        this.properties = properties;
    }

    /**
     * Reads all sets named by {@code sets}.
     *
     * @throws AtelierException INVALID_REQUEST if a set has no labels or its prompt has no placeholder
     */
    static List<LabelSet> of(Map<String, ?> properties) {
        LabelSets sets = new LabelSets(properties);
        List<String> names = sets.list("sets");
        if (names.isEmpty()) {
            throw fault("the option sets is empty; name a set of labels, such as mood.");
        }
        return names.stream().distinct().map(sets::set).toList();
    }

    private LabelSet set(String name) {
        String prompt = text(name + ".prompt", LABEL);
        if (!prompt.contains(LABEL)) {
            throw fault(
                    "%s.prompt has no %s, so all labels would have the same prompt; add it.".formatted(name, LABEL));
        }
        String phrase = text(name + ".phrase", LABEL);
        List<LabelSet.Label> labels = list(name + ".labels").stream()
                .map(entry -> label(entry, prompt, phrase))
                .toList();
        if (labels.isEmpty()) {
            throw fault("the set '%s' has no labels; give them as %1$s.labels.".formatted(name));
        }
        return new LabelSet(name, labels);
    }

    private static LabelSet.Label label(String entry, String prompt, String phrase) {
        int colon = entry.indexOf(':');
        String text = (colon < 0 ? entry : entry.substring(0, colon)).strip();
        String words = colon < 0 ? phrase.replace(LABEL, text) : entry.substring(colon + 1);
        return new LabelSet.Label(text, prompt.replace(LABEL, text), words.strip());
    }

    private String text(String key, String otherwise) {
        Object value = properties.get(key);
        return value == null ? otherwise : value.toString();
    }

    /** Reads a list from a collection, an array or a comma-separated text. */
    private List<String> list(String key) {
        Object value = properties.get(key);
        Collection<?> given = value instanceof Collection<?> several
                ? several
                : value instanceof Object[] several
                        ? Arrays.asList(several)
                        : value == null ? List.of() : List.of(value);
        List<String> list = new ArrayList<>();
        for (Object each : given) {
            Stream.of(each.toString().split(",")).map(String::strip).forEach(list::add);
        }
        list.removeIf(String::isEmpty);
        return list;
    }

    private static AtelierException fault(String sentence) {
        return new AtelierException(Code.INVALID_REQUEST, "Music: " + sentence);
    }
}
