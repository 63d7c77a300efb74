package org.atelier.studio;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.diffusion.Checkpoint;
import org.atelier.diffusion.DenoisingState;
import org.atelier.files.WholeFile;
import org.atelier.models.FloatTensor;
import org.atelier.models.FloatTensorFile;

/**
 * The checkpoint of a set, a safetensors file in its folder: one now and then, and one before its first picture is
 * decoded. The tensors are {@code done}, the number of steps that are taken, and {@code picture.0} … as
 * {@link DenoisingState} has them.
 */
final class SetCheckpoint implements Checkpoint {

    static final String FILE = "set.checkpoint";

    private static final String DONE = "done";
    private static final String PICTURE = "picture.";

    private final Path file;
    private final Duration interval;
    private long keptAt = System.nanoTime();

    /** @param interval how long may pass from one to the next */
    SetCheckpoint(Path folder, Duration interval) {
        this.file = folder.resolve(FILE);
        this.interval = interval;
    }

    /** @throws AtelierException {@code INPUT_UNREADABLE} if it is damaged */
    @Override
    public Optional<DenoisingState> last() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, FloatTensor> tensors = tensors();
        FloatTensor done = tensors.remove(DONE);
        List<FloatTensor> pictures = IntStream.range(0, tensors.size())
                .mapToObj(picture -> tensors.get(PICTURE + picture))
                .filter(Objects::nonNull)
                .toList();
        if (done == null || pictures.size() < tensors.size()) {
            throw damaged(null);
        }
        return Optional.of(new DenoisingState((int) done.values().get(0), pictures));
    }

    private Map<String, FloatTensor> tensors() {
        try {
            return FloatTensorFile.read(file);
        } catch (AtelierException e) {
            throw damaged(e);
        }
    }

    private AtelierException damaged(AtelierException cause) {
        return new AtelierException(
                Code.INPUT_UNREADABLE,
                file + ": a damaged checkpoint; remove it, and the set is denoised from its beginning.",
                cause);
    }

    @Override
    public void reached(int done, int steps, Supplier<DenoisingState> state) {
        boolean due = System.nanoTime() - keptAt >= interval.toNanos();
        if (due || done == steps) {
            keep(state.get());
            keptAt = System.nanoTime();
        }
    }

    private void keep(DenoisingState state) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(DONE, new FloatTensor(List.of(), FloatBuffer.wrap(new float[] {state.done()})));
        for (FloatTensor picture : state.pictures()) {
            tensors.put(PICTURE + (tensors.size() - 1), picture);
        }
        try {
            WholeFile.write(file, out -> FloatTensorFile.write(tensors, out));
        } catch (IOException e) {
            throw SetFiles.unwritable(file, e);
        }
    }
}
