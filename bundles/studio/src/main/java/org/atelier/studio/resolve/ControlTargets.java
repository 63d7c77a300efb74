package org.atelier.studio.resolve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.Faults;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.SetRequest;

/** Determines which images of a set follow which control. */
final class ControlTargets {

    private ControlTargets() {}

    /** Returns the items that follow controls, in order. */
    private static List<Integer> followers(SetRequest request) {
        return IntStream.range(request.firstControlled(), request.items().size())
                .boxed()
                .toList();
    }

    private static Map<String, List<ControlInput>> byKind(SetRequest request) {
        return request.controls().images().stream()
                .collect(Collectors.groupingBy(ControlInput::kind, LinkedHashMap::new, Collectors.toList()));
    }

    /** @param faults collects controls that are neither one for all images nor one for each */
    static void check(SetRequest request, Faults faults) {
        faults.require(
                request.card() == null || !request.references().isEmpty() || request.firstControlled() == 1,
                "The image of the style card cannot follow a control; omit --control-reference.");
        int followers = followers(request).size();
        boolean free = request.firstControlled() > 0;
        if (!request.controls().isEmpty() && followers == 0) {
            faults.add("No image follows the control, since the only image is the reference; give more prompts, a"
                    + " --reference, or --control-reference.");
            return;
        }
        byKind(request)
                .forEach((kind, controls) -> faults.require(
                        controls.size() == 1 || controls.size() == followers,
                        "There are %d --control %s for %d %s; give one for all, or one for each%s."
                                .formatted(
                                        controls.size(),
                                        kind,
                                        followers,
                                        followers == 1 ? "image that follows" : "images that follow",
                                        free ? " except the first, which follows only with --control-reference" : "")));
    }

    /** Returns the items that follow the control of this number, for a checked request. */
    static List<Integer> of(SetRequest request, int number) {
        ControlInput control = request.controls().images().get(number);
        List<ControlInput> sameKind = byKind(request).get(control.kind());
        List<Integer> followers = followers(request);
        if (sameKind.size() == 1) {
            return followers;
        }
        int index = (int) request.controls().images().subList(0, number).stream()
                .filter(earlier -> earlier.kind().equals(control.kind()))
                .count();
        return List.of(followers.get(index));
    }
}
