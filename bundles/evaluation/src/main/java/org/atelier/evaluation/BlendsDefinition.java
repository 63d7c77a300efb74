package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;

/** Every blend of two references with weights of 0.1 to 0.9, and each reference alone. */
final class BlendsDefinition implements ExperimentDefinition {

    private static final String ALONE = "one reference alone";
    private static final int REFERENCES = 2;
    private static final int TENTHS = 10;

    /** The blend with which the others are compared, if it is installed: the simplest. */
    private static final String SIMPLEST = "linear";

    private final List<String> blends;

    /** @param blends the names of the installed blends */
    BlendsDefinition(List<String> blends) {
        this.blends = List.copyOf(blends);
    }

    @Override
    public String name() {
        return "blends";
    }

    @Override
    public String title() {
        return "Blends of two references";
    }

    @Override
    public String explanation() {
        return "Every row has the same prompts and the same noise; the number is the weight of the first reference.";
    }

    @Override
    public void check(SetRequest set, Faults faults) {
        int given = set.references().images().size();
        faults.require(
                given == REFERENCES, "The comparison of blends needs two reference images, not %d.".formatted(given));
        faults.require(
                !set.sharing().attention().equals("none"),
                "Attention 'none' takes nothing from references; choose another for the comparison of blends.");
        faults.require(!blends.isEmpty(), "No blend is installed; add a bundle such as org.atelier.blend.slerp.");
    }

    @Override
    public List<ComparedRequest> requests(SetRequest set) {
        if (set.references().images().size() != REFERENCES) {
            return List.of();
        }
        List<ComparedRequest> requests = new ArrayList<>();
        requests.add(alone(BlendShares.FIRST, 0));
        requests.add(alone(BlendShares.SECOND, 1));
        String baseline = blends.contains(SIMPLEST) ? SIMPLEST : blends.get(0);
        for (int tenths = 1; tenths < TENTHS; tenths++) {
            for (String blend : blends) {
                requests.add(blended(blend, tenths, baseline));
            }
        }
        return requests;
    }

    private static ComparedRequest alone(String name, int reference) {
        double weightOfFirst = 1.0 - reference;
        return new ComparedRequest(
                new Variant(name, "reference %d alone".formatted(reference + 1), ALONE, weightOfFirst, name),
                common -> common.toBuilder()
                        .references(weighted(common, reference, 1))
                        .blend(SetRequest.builder().build().references().blend())
                        .blendOptions(Map.of())
                        .build());
    }

    private static ComparedRequest blended(String blend, int tenths, String baseline) {
        double first = tenths / (double) TENTHS;
        double second = (TENTHS - tenths) / (double) TENTHS;
        return new ComparedRequest(
                new Variant(blend + "-" + first, blend + ", weight " + first, blend, first, baseline + "-" + first),
                common -> common.toBuilder()
                        .references(weighted(common, 0, first), weighted(common, 1, second))
                        .blend(blend)
                        .blendOptions(Map.of())
                        .build());
    }

    private static ReferenceFile weighted(SetRequest common, int number, double weight) {
        ReferenceFile reference = common.references().images().get(number);
        return new ReferenceFile(
                reference.file(), reference.prompt(), weight, reference.sha256(), reference.resolved());
    }

    @Override
    public List<MeasuredVariant> completed(List<MeasuredVariant> sets) {
        return new BlendShares(sets).added();
    }
}
