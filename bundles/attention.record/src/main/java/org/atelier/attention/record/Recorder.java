package org.atelier.attention.record;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.Reference;
import org.atelier.attention.record.ObservedKernels.Attended;
import org.atelier.files.AtomicFile;

/**
 * Writes the recordings: a file for each image and for each reference, at each recorded layer and step. Writing one again
 * replaces it, so that a set that resumes records what an uninterrupted one does.
 */
final class Recorder {

    private final Path folder;
    private final List<String> given;
    private final int steps;
    private final Subjects subjects;
    private final Set<Path> writtenReferences = new HashSet<>();
    private List<String> blocks = List.of();

    /**
     * @param folder for the files; created if missing
     * @param given blocks whose last layer is recorded; empty for the default
     * @param steps how many are recorded
     * @param subjects words and places that are recorded
     */
    Recorder(Path folder, List<String> given, int steps, Subjects subjects) {
        this.folder = folder;
        this.given = given;
        this.steps = steps;
        this.subjects = subjects;
    }

    /** @throws AtelierException if an option is not valid */
    static Recorder of(Options options) {
        List<String> blocks = Arrays.stream(options.layers())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        Subjects subjects = Subjects.of(List.of(options.words()), List.of(options.points()));
        return new Recorder(folder(options.to()), blocks, options.steps(), subjects);
    }

    /** @throws AtelierException if recordings cannot be written to the folder */
    static Path folder(String to) {
        if (to.isBlank()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention 'record' needs a folder for its recordings; set its option 'to' to an absolute path.");
        }
        Path folder = Path.of(to);
        if (!folder.isAbsolute()) {
            throw new AtelierException(
                    INVALID_REQUEST, "The option 'to' of 'record' must be an absolute path, not '%s'.".formatted(to));
        }
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE,
                    "%s cannot hold recordings: %s is not a folder that can be written.".formatted(folder, existing));
        }
        return folder;
    }

    /**
     * Selects the recorded blocks.
     *
     * @param available the blocks of the network with self-attention, in registration order
     * @throws AtelierException if one of the options is not among them
     */
    void choose(Set<String> available) {
        for (String block : given) {
            if (!available.contains(block)) {
                throw new AtelierException(
                        INVALID_REQUEST,
                        "The model has no self-attention block '%s'; available: %s."
                                .formatted(block, String.join(", ", available)));
            }
        }
        blocks = given.isEmpty() ? late(available) : given;
    }

    /** The last two blocks of the up path, where the style is decided; of a network without one, the last two. */
    private static List<String> late(Set<String> available) {
        List<String> up =
                available.stream().filter(block -> block.startsWith("up")).toList();
        List<String> all = up.isEmpty() ? List.copyOf(available) : up;
        return all.subList(Math.max(0, all.size() - 2), all.size());
    }

    /** Whether the layer's block and the step of a call are recorded. */
    boolean records(AttentionCall call) {
        return blocks.contains(call.layer().block()) && isRecorded(call.step());
    }

    /** Of n steps, the last of each n-th part. */
    private boolean isRecorded(DenoisingStep step) {
        for (int part = 1; part <= steps; part++) {
            if (Math.floorDiv(part * step.count() - 1, steps) == step.index()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Records one call of a layer.
     *
     * @param seen what the strategy attended with
     * @param attended its result, (image, head, token, channel)
     */
    void record(AttentionCall call, Attended seen, NDArray attended) {
        for (int row = 0; row < call.images().size(); row++) {
            int image = call.images().get(row);
            boolean isReference = image == AttentionCall.GIVEN_REFERENCE;
            Path file = file(call, isReference ? "reference-%03d".formatted(row) : "image-%03d".formatted(image));
            write(file, new ImageRecording(call, subjects, row).of(seen, attended));
        }
        List<Reference> styles = call.styles();
        for (int number = 0; number < styles.size(); number++) {
            Path file = file(call, "reference-%03d".formatted(number));
            if (writtenReferences.add(file)) {
                write(file, new ReferenceRecording(call, subjects).of(styles.get(number), number));
            }
        }
    }

    private Path file(AttentionCall call, String of) {
        return folder.resolve("%s-step-%03d-layer-%03d.safetensors"
                .formatted(of, call.step().index(), call.layer().index()));
    }

    private static void write(Path file, TensorFile content) {
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, content::writeTo);
        } catch (IOException e) {
            throw new AtelierException(OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, e), e);
        }
    }
}
