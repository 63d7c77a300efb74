package org.atelier.evaluation;

import java.util.List;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.set.SetRequest;

/** What an experiment compares. */
interface ExperimentDefinition {

    /** Its name in the record: {@code ablation}. */
    String name();

    /** The heading of the report. */
    String title();

    /** What the rows of images in the report have in common, and how they differ, in a sentence or two. */
    String explanation();

    /** @param faults collects what the experiment cannot compare */
    void check(SetRequest set, Faults faults);

    /** The variants in the order in which they are generated; each baseline is among them. */
    List<ComparedRequest> requests(SetRequest set);

    /** Adds measurements that follow from those of several sets. */
    default List<MeasuredVariant> completed(List<MeasuredVariant> sets) {
        return sets;
    }

    /** The variants in the order in which they are generated. */
    default List<Variant> variants(SetRequest set) {
        return requests(set).stream().map(ComparedRequest::variant).toList();
    }
}
