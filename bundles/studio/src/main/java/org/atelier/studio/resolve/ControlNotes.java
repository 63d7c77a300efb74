package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.SetRequest;

/** The notes about the controls of a set, for the user before it is generated. */
public final class ControlNotes {

    private ControlNotes() {}

    /** Returns one sentence for each control: its kind, image and ControlNet, and the images to which it applies. */
    public static List<String> of(SetRequest request) {
        List<String> notes = new ArrayList<>();
        for (int number = 0; number < request.controls().images().size(); number++) {
            ControlInput control = request.controls().images().get(number);
            List<Integer> items = ControlTargets.of(request, number);
            notes.add("Control %s of %s, %s, scale %s%s: %s %s."
                    .formatted(
                            control.kind(),
                            Path.of(control.file()).getFileName(),
                            control.model(),
                            control.scale(),
                            steps(control),
                            items.size() == 1 ? "image" : "images",
                            items.stream()
                                    .map(item -> Integer.toString(request.firstGenerated() + item))
                                    .collect(Collectors.joining(", "))));
        }
        return notes;
    }

    private static String steps(ControlInput control) {
        boolean always = control.start() == 0 && control.end() == 1;
        return always ? "" : ", from %s to %s of the steps".formatted(control.start(), control.end());
    }
}
