package org.atelier.evaluation;

import java.util.Arrays;
import java.util.List;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.evaluation.MethodVariant;
import org.atelier.api.set.SetRequest;

/** The method and its parts: Hertz et al. 2024, section 5. */
final class AblationDefinition implements ExperimentDefinition {

    @Override
    public String name() {
        return "ablation";
    }

    @Override
    public String title() {
        return "Ablation";
    }

    @Override
    public String explanation() {
        return "Every row has the same prompts and the same noise."
                + " In the last two rows the first image is the reference of the others.";
    }

    @Override
    public void check(SetRequest set, Faults faults) {
        faults.require(
                set.items().size() >= 2, "An ablation compares the images of a set: it needs at least 2 prompts.");
        faults.require(
                set.references().isEmpty(),
                "An ablation does not support reference images, because full attention sharing cannot use them.");
    }

    @Override
    public List<ComparedRequest> requests(SetRequest set) {
        return Arrays.stream(MethodVariant.values())
                .map(variant -> new ComparedRequest(
                        Variant.single(variant.text(), variant.title(), MethodVariant.UNALIGNED.text()), variant::of))
                .toList();
    }
}
