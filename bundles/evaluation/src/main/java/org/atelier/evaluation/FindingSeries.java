package org.atelier.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.Variant;

/** One finding of variants in series over positions. */
final class FindingSeries {

    private final List<Variant> variants;
    private final Finding finding;

    FindingSeries(List<Variant> variants, Finding finding) {
        this.variants = variants;
        this.finding = finding;
    }

    /** The names of the series, in the order of the variants. */
    List<String> series() {
        return variants.stream().map(Variant::series).distinct().toList();
    }

    /** The positions of all series, ascending. */
    List<Double> positions() {
        return variants.stream()
                .map(Variant::position)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /** The summary of the variant there, if there is one. */
    Optional<Summary> at(String series, double position) {
        return variants.stream()
                .filter(variant -> variant.series().equals(series) && Objects.equals(variant.position(), position))
                .map(variant -> finding.summaries().get(variants.indexOf(variant)))
                .findFirst();
    }

    /** The mean over the positions of a series. */
    double mean(String series) {
        return new Sample(positions().stream()
                        .flatMap(position -> at(series, position).stream())
                        .mapToDouble(Summary::mean)
                        .filter(mean -> !Double.isNaN(mean))
                        .toArray())
                .mean();
    }
}
