package org.atelier.explain;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;

/**
 * The recordings of a set.
 *
 * @param all in the order of their file names
 */
record Recordings(List<Recording> all) {

    /** Makes a defensive copy. */
    Recordings {
        all = List.copyOf(all);
    }

    /** Opens the files of a folder; none if it does not exist, as for attention that shares nothing. */
    static Recordings in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new Recordings(List.of());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new Recordings(files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .map(Recording::open)
                    .toList());
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, "%s cannot be read: %s.".formatted(folder, e), e);
        }
    }

    /** The recorded steps in order. */
    List<Integer> steps() {
        return all.stream().map(Recording::step).distinct().sorted().toList();
    }

    /** Those of the layer with the largest feature map, of several the last, which show most detail. */
    Recordings detailed() {
        Optional<Recording> best = all.stream()
                .max(Comparator.comparingInt((Recording each) -> each.height() * each.width())
                        .thenComparingInt(Recording::layer));
        return new Recordings(all.stream()
                .filter(each -> each.layer() == best.orElseThrow().layer())
                .toList());
    }

    Recordings at(int step) {
        return new Recordings(all.stream().filter(each -> each.step() == step).toList());
    }

    List<Recording> images() {
        return all.stream().filter(each -> !each.isReference()).toList();
    }

    List<Recording> references() {
        return all.stream().filter(Recording::isReference).toList();
    }

    /** Images that attend to a reference. */
    List<Recording> sharing() {
        return images().stream().filter(each -> each.has("share.reference-0")).toList();
    }

    /** The recorded step around the middle, when shapes are there and details are not. */
    int middleStep() {
        List<Integer> steps = steps();
        return steps.get((steps.size() - 1) / 2);
    }
}
