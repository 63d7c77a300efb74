package org.atelier.explain;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.MethodVariant;
import org.atelier.api.explain.ExplanationRequest;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/**
 * The sets that a page needs, each resolved once so that no fault appears later.
 *
 * @param request of the user
 * @param resolved the resolved request of the explained set
 * @param method the explained set, whose attention is recorded
 * @param variants the set without parts of the method
 * @param reconstruction the first reference, denoised from its own inversion; empty without references
 * @param blends two references with several weights; empty without two references
 * @param notes why a set is missing
 * @param folder of the page
 */
record ExplanationPlan(
        ExplanationRequest request,
        SetRequest resolved,
        PlannedSet method,
        List<PlannedSet> variants,
        Optional<PlannedSet> reconstruction,
        List<PlannedSet> blends,
        List<String> notes,
        Path folder) {

    /** The attention that records. */
    static final String RECORD = "record";

    /** Images of which strips and maps are shown. */
    static final int SHOWN = 8;

    private static final String CORNER = "0.12:0.12";
    private static final List<Double> WEIGHTS = List.of(0.9, 0.7, 0.5, 0.3, 0.1);
    private static final int BLENDED_IMAGES = 2;

    /** Makes defensive copies. */
    ExplanationPlan {
        variants = List.copyOf(variants);
        blends = List.copyOf(blends);
        notes = List.copyOf(notes);
    }

    /**
     * Plans the sets.
     *
     * @param seeded the request of the user with the seed of the resolved one
     */
    static ExplanationPlan of(
            Studio studio, ExplanationRequest request, SetRequest seeded, SetRequest resolved, Path folder) {
        List<String> notes = new ArrayList<>();
        SetRequest recorded = recorded(request, seeded, resolved, folder.resolve("recording"));
        studio.resolve(recorded);
        List<PlannedSet> variants = Arrays.stream(MethodVariant.values())
                .filter(variant -> variant != MethodVariant.ALIGNED)
                .map(variant -> new PlannedSet(
                        variant.text(),
                        variant.title(),
                        variant.of(variant == MethodVariant.UNALIGNED ? withoutReferences(seeded, resolved) : seeded)))
                .filter(planned -> isPossible(studio, planned, notes))
                .toList();
        Optional<PlannedSet> reconstruction =
                reconstruction(seeded, resolved).filter(planned -> isPossible(studio, planned, notes));
        List<PlannedSet> blends = blends(seeded).stream()
                .filter(planned -> isPossible(studio, planned, notes))
                .toList();
        return new ExplanationPlan(
                request,
                resolved,
                new PlannedSet("method", "the explained set", recorded),
                variants,
                reconstruction,
                blends,
                notes,
                folder);
    }

    /** The same images from the same noise and with the same guidance, for attention that uses no references. */
    private static SetRequest withoutReferences(SetRequest seeded, SetRequest resolved) {
        if (seeded.references().isEmpty()) {
            return seeded;
        }
        List<SetItem> items = new ArrayList<>();
        for (int i = 0; i < seeded.items().size(); i++) {
            SetItem item = resolved.itemOf(resolved.firstGenerated() + i);
            items.add(new SetItem(item.prompt(), item.seed(), item.width(), item.height(), Map.of()));
        }
        return seeded.toBuilder()
                .references(List.of())
                .items(items)
                .cfgScale(resolved.sampling().cfgScale())
                .build();
    }

    private static boolean isPossible(Studio studio, PlannedSet planned, List<String> notes) {
        try {
            studio.resolve(planned.request());
            return true;
        } catch (AtelierException e) {
            if (e.code() != INVALID_REQUEST) {
                throw e;
            }
            notes.add("Not shown: %s. %s"
                    .formatted(planned.title(), e.getMessage().replace('\n', ' ')));
            return false;
        }
    }

    private static SetRequest recorded(
            ExplanationRequest request, SetRequest seeded, SetRequest resolved, Path recording) {
        List<String> options = resolved.sharing().attentionOptions().entrySet().stream()
                .map(option -> option.getKey() + "=" + text(option.getValue()))
                .toList();
        return seeded.toBuilder()
                .attention(RECORD)
                .strength(null)
                .attentionOptions(Map.of(
                        "of", resolved.sharing().attention(),
                        "options", options,
                        "to", recording.toString(),
                        "words", words(request),
                        "points", points(request)))
                .build();
    }

    private static String text(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }

    private static List<String> words(ExplanationRequest request) {
        if (!request.words().isEmpty()) {
            return request.words();
        }
        Set<String> words = new LinkedHashSet<>();
        request.set().prompts().stream()
                .limit(SHOWN)
                .map(ExplanationPlan::lastWord)
                .forEach(words::add);
        words.remove("");
        return List.copyOf(words);
    }

    /** The noun, as a rule: {@code house} of "a red house". */
    static String lastWord(String prompt) {
        String[] words = prompt.strip().split("[^\\p{L}\\p{N}]+", -1);
        for (int i = words.length - 1; i >= 0; i--) {
            if (!words[i].isEmpty()) {
                return words[i];
            }
        }
        return "";
    }

    private static List<String> points(ExplanationRequest request) {
        return request.points().isEmpty()
                ? List.of(CORNER)
                : request.points().stream()
                        .map(point -> point.x() + ":" + point.y())
                        .toList();
    }

    /** Style injection at no layer is plain denoising from the inverted latents of the content. */
    private static Optional<PlannedSet> reconstruction(SetRequest seeded, SetRequest resolved) {
        if (resolved.references().isEmpty() || resolved.inversion().method() != InversionMethod.DDIM) {
            return Optional.empty();
        }
        ReferenceFile reference = resolved.references().images().get(0);
        Double guidance = resolved.inversion().cfgScale();
        return Optional.of(new PlannedSet(
                "reconstruction",
                "the reference from its inversion",
                SetRequest.builder()
                        .model(seeded.model())
                        .prompts(reference.effectivePrompt())
                        .seed(resolved.seed())
                        .width(resolved.sampling().width())
                        .height(resolved.sampling().height())
                        .steps(resolved.sampling().steps())
                        .cfgScale(guidance)
                        .inversionSteps(resolved.sampling().steps())
                        .inversionCfg(guidance)
                        .references(reference)
                        .contents(ImageFile.of(reference.file()))
                        .attention("injection")
                        .attentionOption("decoder-share", 1e-9)
                        .attentionOption("initial-adain", false)
                        .dtype(seeded.execution().dtype())
                        .device(seeded.execution().device())
                        .build()));
    }

    private static List<PlannedSet> blends(SetRequest seeded) {
        List<ReferenceFile> references = seeded.references().images();
        if (references.size() != 2) {
            return List.of();
        }
        List<String> prompts = seeded.prompts().stream().limit(BLENDED_IMAGES).toList();
        return WEIGHTS.stream()
                .map(weight -> new PlannedSet(
                        "blend-" + weight,
                        "weight " + weight,
                        seeded.toBuilder()
                                .prompts(prompts)
                                .references(
                                        weighted(references.get(0), weight),
                                        weighted(references.get(1), Math.round((1 - weight) * 10) / 10.0))
                                .build()))
                .toList();
    }

    private static ReferenceFile weighted(ReferenceFile reference, double weight) {
        return new ReferenceFile(
                reference.file(), reference.prompt(), weight, reference.sha256(), reference.resolved());
    }

    /** The folder of the recordings. */
    Path recording() {
        return folder.resolve("recording");
    }

    /** All sets in the order in which they are generated. */
    List<PlannedSet> sets() {
        List<PlannedSet> sets = new ArrayList<>(List.of(method));
        sets.addAll(variants);
        reconstruction.ifPresent(sets::add);
        sets.addAll(blends);
        return sets;
    }
}
