package org.atelier.evaluation;

import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.set.SetRequest;

/** Unaligned against aligned: Hertz et al. 2024, table 1. */
final class TableDefinition implements ExperimentDefinition {

    private static final String UNALIGNED = "none";
    private static final String BASELINE = "unaligned";

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String title() {
        return "Unaligned against aligned";
    }

    @Override
    public String explanation() {
        return "Both rows have the same prompts and the same noise.";
    }

    @Override
    public void check(SetRequest set, Faults faults) {
        faults.require(set.items().size() >= 2, "A table compares the images of a set: it needs at least 2 prompts.");
        faults.require(
                set.references().isEmpty(),
                "A table compares sets without reference images; measure others with evaluate set.");
        faults.require(
                !set.sharing().attention().equals(UNALIGNED),
                "The aligned sets of a table need another attention than 'none', which the unaligned ones have.");
    }

    @Override
    public List<ComparedRequest> requests(SetRequest set) {
        String attention = set.sharing().attention();
        String strength = set.sharing().strength();
        Map<String, Object> options = set.sharing().attentionOptions();
        return List.of(
                new ComparedRequest(Variant.single(BASELINE, "unaligned", BASELINE), common -> common.toBuilder()
                        .attention(UNALIGNED)
                        .strength(null)
                        .attentionOptions(Map.of())
                        .build()),
                new ComparedRequest(
                        Variant.single("aligned", "aligned, by " + attention, BASELINE), common -> common.toBuilder()
                                .attention(attention)
                                .strength(strength)
                                .attentionOptions(options)
                                .build()));
    }
}
