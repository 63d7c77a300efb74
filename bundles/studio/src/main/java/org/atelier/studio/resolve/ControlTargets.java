package org.atelier.studio.resolve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.Faults;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.SetRequest;

/** Determines to which images of a set each control applies. */
final class ControlTargets {

    private ControlTargets() {}

    /** Returns the indices of the items to which controls apply, in order. */
    private static List<Integer> controlled(SetRequest request) {
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
                "A control cannot apply to the reference of a style card; omit --control-reference.");
        int controlled = controlled(request).size();
        boolean exceptFirst = request.firstControlled() > 0;
        if (!request.controls().isEmpty() && controlled == 0) {
            faults.add("The control applies to no image, since the only image is the reference; give more prompts, a"
                    + " --reference, or --control-reference.");
            return;
        }
        byKind(request)
                .forEach((kind, controls) -> faults.require(
                        controls.size() == 1 || controls.size() == controlled,
                        "There are %d --control %s for %d %s; give one for all, or one for each%s."
                                .formatted(
                                        controls.size(),
                                        kind,
                                        controlled,
                                        controlled == 1 ? "controlled image" : "controlled images",
                                        exceptFirst
                                                ? " except the first, which is controlled only with --control-reference"
                                                : "")));
    }

    /** Returns the indices of the items to which the control of this number applies, for a checked request. */
    static List<Integer> of(SetRequest request, int number) {
        ControlInput control = request.controls().images().get(number);
        List<ControlInput> sameKind = byKind(request).get(control.kind());
        List<Integer> controlled = controlled(request);
        if (sameKind.size() == 1) {
            return controlled;
        }
        int index = (int) request.controls().images().subList(0, number).stream()
                .filter(earlier -> earlier.kind().equals(control.kind()))
                .count();
        return List.of(controlled.get(index));
    }
}
