package org.atelier.api.explain;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.set.SetRequest;

/**
 * A written explanation.
 *
 * @param folder contains the page, the sets and the recordings
 * @param request the resolved request of the explained set
 * @param page a self-contained HTML file
 * @param recording the folder of the recordings
 * @param sets the folder of each generated set, in the order in which they were generated
 */
public record Explanation(Path folder, SetRequest request, Path page, Path recording, List<Path> sets) {

    /** Makes defensive copies. */
    public Explanation {
        sets = List.copyOf(sets);
    }
}
