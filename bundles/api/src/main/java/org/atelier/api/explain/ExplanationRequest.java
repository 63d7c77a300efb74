package org.atelier.api.explain;

import java.util.List;
import java.util.Objects;
import org.atelier.api.set.SetRequest;

/**
 * A request for an explanation.
 *
 * @param set the set to explain; panoramas, regions and options of single images are not supported
 * @param words of the prompts: the page shows where images show them, and where these places look. Empty for the last
 *     word of every prompt
 * @param points further places whose attention is shown. Empty for one in the corner
 * @param command the command line that repeats the explanation, for the page; the seed is appended if it is random
 */
public record ExplanationRequest(SetRequest set, List<String> words, List<ImagePoint> points, String command) {

    /** Makes defensive copies. */
    public ExplanationRequest {
        Objects.requireNonNull(set, "set");
        Objects.requireNonNull(command, "command");
        words = List.copyOf(words);
        points = List.copyOf(points);
    }
}
