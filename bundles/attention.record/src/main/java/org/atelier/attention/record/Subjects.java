package org.atelier.attention.record;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;

/**
 * What is looked for in images, and where.
 *
 * @param words words of the prompts
 * @param places given by coordinates
 */
record Subjects(List<String> words, List<Place> places) {

    private static final int MOST = 32;

    /** Makes defensive copies. */
    Subjects {
        words = List.copyOf(words);
        places = List.copyOf(places);
    }

    /**
     * Parses the options.
     *
     * @param points each X:Y
     * @throws AtelierException if there are too many, or a point is not valid
     */
    static Subjects of(List<String> words, List<String> points) {
        List<Place> places = points.stream().map(Place::of).toList();
        if (words.size() + places.size() > MOST) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention 'record' records at most %d words and points together, not %d."
                            .formatted(MOST, words.size() + places.size()));
        }
        return new Subjects(words, places);
    }

    /**
     * Adds the maps of those words that have one.
     *
     * @param maps (1, token) of a word
     * @return the place of each of these words, then the given places
     */
    List<Place> into(TensorFile file, AttentionLayer layer, Function<String, Optional<NDArray>> maps) {
        List<Place> found = new ArrayList<>();
        for (String word : words) {
            maps.apply(word).map(NDArray::toFloatArray).ifPresent(map -> {
                file.put("word." + found.size(), word);
                file.put("word." + found.size(), map, layer.height(), layer.width());
                found.add(Place.ofLargest(word, map, layer.height(), layer.width()));
            });
        }
        found.addAll(places);
        return found;
    }
}
