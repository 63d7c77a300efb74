package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** One ablation, from the resolved request to the report. */
final class Ablation {

    private final AblationRequest request;
    private final Studio studio;
    private final EvaluationMetrics metrics;
    private final ReportFolder folder;
    private final UniqueNotesListener listener;

    Ablation(
            AblationRequest request,
            Studio studio,
            EvaluationMetrics metrics,
            ReportFolder folder,
            UniqueNotesListener listener) {
        this.request = request;
        this.studio = studio;
        this.metrics = metrics;
        this.folder = folder;
        this.listener = listener;
    }

    Evaluation report(RequestFormat format, String version) {
        listener.resolved(request);
        metrics.forwardNotes(listener::noted);
        Map<Variant, List<GeneratedSet>> generated = generate();
        listener.measuringStarted();
        List<MeasuredVariant> sets = new ArrayList<>();
        generated.forEach((variant, ofVariant) ->
                ofVariant.forEach(set -> sets.add(new MeasuredVariant(variant, set, measure(set)))));
        AblationResult result = new AblationResult(
                version, request, folder.path(), metrics.used(), sets, Findings.of(sets), listener.notes());
        return new Evaluation(
                folder.path(),
                request,
                result.metrics(),
                result.findings(),
                folder.write(ReportFolder.REPORT, new AblationPage(result, format).html()),
                folder.write(ReportFolder.RECORD, new AblationRecord(result, format).json()));
    }

    /**
     * Generates all variants of one seed before the next, so that a cancelled evaluation leaves complete comparisons.
     */
    private Map<Variant, List<GeneratedSet>> generate() {
        Map<Variant, List<GeneratedSet>> generated = new LinkedHashMap<>();
        int total = request.seeds() * Variant.values().length;
        int number = 0;
        // Resolved items have their own seeds; only their prompts are kept for every repetition.
        SetRequest common =
                request.set().toBuilder().prompts(request.set().prompts()).build();
        for (int repetition = 0; repetition < request.seeds(); repetition++) {
            long seed = common.seed() + (long) repetition * common.items().size();
            for (Variant variant : Variant.values()) {
                listener.setStarted(variant.title(), ++number, total);
                SetRequest ofVariant = variant.of(common).toBuilder().seed(seed).build();
                generated
                        .computeIfAbsent(variant, none -> new ArrayList<>())
                        .add(studio.generate(ofVariant, folder.set(seed, variant), listener));
            }
        }
        return generated;
    }

    private Map<String, List<Measurement>> measure(GeneratedSet set) {
        MeasuredSet measured = MeasuredSet.of(set.images().stream()
                .map(image -> MeasuredImage.of(read(image), image.prompt(), object(set.request(), image)))
                .toList());
        return metrics.measure(measured, listener::cancelled, listener::noted);
    }

    /** The prompt of an image without the style. */
    private static String object(SetRequest request, GeneratedImage image) {
        return request.itemOf(image.index()).prompt();
    }

    private static BufferedImage read(GeneratedImage image) {
        try {
            return ImageIO.read(image.file().toFile());
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s was generated but cannot be read: %s.".formatted(image.file(), e), e);
        }
    }
}
