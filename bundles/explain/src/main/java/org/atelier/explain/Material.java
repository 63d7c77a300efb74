package org.atelier.explain;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;

/**
 * What a page is made of.
 *
 * @param plan of the sets
 * @param sets the generated sets by the names of the plan
 * @param strips of the explained set
 * @param returned of the reconstruction; without references, it has none
 * @param recordings of the explained set
 * @param notes for the user
 */
record Material(
        ExplanationPlan plan,
        Map<String, GeneratedSet> sets,
        Strips strips,
        Strips returned,
        Recordings recordings,
        List<String> notes) {

    /** Makes defensive copies. */
    Material {
        sets = new LinkedHashMap<>(sets);
        notes = List.copyOf(notes);
    }

    GeneratedSet set(PlannedSet planned) {
        return sets.get(planned.name());
    }

    /** The explained set. */
    GeneratedSet method() {
        return set(plan.method());
    }

    /** The generated images of a set, without reconstructions. */
    static List<GeneratedImage> images(GeneratedSet set) {
        return set.images().stream().filter(image -> !image.isReconstruction()).toList();
    }

    /** The image of a recording, which counts images as the attention does: by prompts, from 0. */
    GeneratedImage image(Recording recording) {
        return images(method()).get(recording.number());
    }

    /** The prompt of a recorded image, without the style. */
    String prompt(Recording recording) {
        return method().request().items().get(recording.number()).prompt();
    }

    /** The picture of a reference: its reconstruction, or the first image of the set. */
    Path reference(int number) {
        List<GeneratedImage> all = method().images();
        List<GeneratedImage> reconstructions =
                all.stream().filter(GeneratedImage::isReconstruction).toList();
        List<GeneratedImage> references = reconstructions.isEmpty() ? all : reconstructions;
        return references.get(Math.min(number, references.size() - 1)).file();
    }

    List<Path> folders() {
        return sets.values().stream().map(GeneratedSet::folder).toList();
    }

    /** The command that repeats a set, to be run in the folder of the page. */
    String command(PlannedSet planned) {
        return "atelier generate --request sets/%s/set.json --out again".formatted(planned.name());
    }

    /** The command that records the explained set again. */
    String recordingCommand() {
        return command(plan.method()) + " --attention-option to=\"$PWD/recording-again\"";
    }
}
