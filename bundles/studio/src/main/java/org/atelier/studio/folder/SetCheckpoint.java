package org.atelier.studio.folder;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.diffusion.attention.ObservedMap;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.DenoisingState;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;
import org.atelier.models.safetensors.FloatTensor;
import org.atelier.models.safetensors.FloatTensorFile;

/**
 * The checkpoints of a set: safetensors files in its folder. The checkpoint of denoising is written at intervals and before
 * the first image is decoded. Its tensors are {@code done}, the number of completed steps; {@code noise}, how many noise arrays
 * each image has sampled; {@code image.0} …, see {@link DenoisingState}; and for each {@link ObservedMap} {@code
 * map.VIEW.HEIGHTxWIDTH.WORD}, the word in hexadecimal. The checkpoint of each inversion is written at intervals and when the
 * inversion is complete; its tensor is {@code latents}.
 */
final class SetCheckpoint implements Checkpoint {

    static final String FILE = "set.checkpoint";

    private static final String DONE = "done";
    private static final String NOISE = "noise";
    private static final String IMAGE = "image.";
    private static final Pattern MAP =
            Pattern.compile("map\\.(-?\\d+)(?:\\.reference(\\d+)\\.steps(\\d+))?\\.(\\d+)x(\\d+)\\.((?:[0-9a-f]{2})*)");
    private static final String INVERSION = "set.inversion.";
    private static final String LATENTS = "latents";

    private final SetFiles files;
    private final Path folder;
    private final Path file;
    private final SetJournal journal;
    private final Duration interval;
    private long lastWritten = System.nanoTime();

    /**
     * @param files of the set
     * @param journal stores the hashes of the checkpoints and the largest chunk that fits into memory
     * @param interval the time between two checkpoints
     */
    SetCheckpoint(SetFiles files, SetJournal journal, Duration interval) {
        this.files = files;
        this.folder = files.folder();
        this.file = folder.resolve(FILE);
        this.journal = journal;
        this.interval = interval;
    }

    /** Whether a file name is that of a checkpoint. */
    static boolean isNamed(String name) {
        return name.equals(FILE) || name.matches(Pattern.quote(INVERSION) + "\\d+");
    }

    /** @throws AtelierException {@code INPUT_UNREADABLE} if the checkpoint is damaged */
    @Override
    public Optional<DenoisingState> last() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, FloatTensor> tensors = tensors(file);
        FloatTensor done = tensors.remove(DONE);
        List<ObservedMap> maps = maps(tensors);
        tensors.keySet().removeIf(name -> MAP.matcher(name).matches());
        FloatTensor noise = tensors.remove(NOISE);
        List<FloatTensor> arrays = IntStream.range(0, tensors.size())
                .mapToObj(image -> tensors.get(IMAGE + image))
                .filter(Objects::nonNull)
                .toList();
        if (done == null
                || noise == null
                || arrays.size() < tensors.size()
                || noise.values().limit() != arrays.size()) {
            throw damaged(file);
        }
        List<DenoisingState.Image> images = IntStream.range(0, arrays.size())
                .mapToObj(index -> new DenoisingState.Image(
                        arrays.get(index), (int) noise.values().get(index)))
                .toList();
        return Optional.of(new DenoisingState((int) done.values().get(0), images, maps));
    }

    private static List<ObservedMap> maps(Map<String, FloatTensor> tensors) {
        List<ObservedMap> maps = new ArrayList<>();
        tensors.forEach((name, probabilities) -> {
            Matcher map = MAP.matcher(name);
            if (map.matches()) {
                boolean own = map.group(2) == null;
                maps.add(new ObservedMap(
                        Integer.parseInt(map.group(1)),
                        own ? ObservedMap.OWN : Integer.parseInt(map.group(2)),
                        Integer.parseInt(map.group(4)),
                        Integer.parseInt(map.group(5)),
                        new String(HexFormat.of().parseHex(map.group(6)), StandardCharsets.UTF_8),
                        own ? 1 : Integer.parseInt(map.group(3)),
                        probabilities));
            }
        });
        return maps;
    }

    private static String name(ObservedMap map) {
        String word = HexFormat.of().formatHex(map.word().getBytes(StandardCharsets.UTF_8));
        String sum = map.reference() == ObservedMap.OWN
                ? ""
                : ".reference%d.steps%d".formatted(map.reference(), map.steps());
        return "map.%d%s.%dx%d.%s".formatted(map.view(), sum, map.height(), map.width(), word);
    }

    private Map<String, FloatTensor> tensors(Path path) {
        try {
            if (!journal.hasCheckpoint(Sha256.of(path))) {
                throw damaged(path);
            }
            return FloatTensorFile.read(path);
        } catch (IOException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, path + ": " + IoErrors.of(e) + ".", e);
        }
    }

    private static AtelierException damaged(Path path) {
        return new AtelierException(
                Code.INPUT_UNREADABLE,
                path + ": the checkpoint is damaged or belongs to another set; remove it to compute its steps again.");
    }

    @Override
    public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
        if (isDue() || done == steps) {
            write(file, tensors(state.get()));
        }
    }

    private static Map<String, FloatTensor> tensors(DenoisingState state) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(DONE, new FloatTensor(List.of(), FloatBuffer.wrap(new float[] {state.done()})));
        float[] noise = new float[state.images().size()];
        for (int index = 0; index < noise.length; index++) {
            DenoisingState.Image image = state.images().get(index);
            noise[index] = image.noiseArrays();
            tensors.put(IMAGE + index, image.arrays());
        }
        state.maps().forEach(map -> tensors.put(name(map), map.probabilities()));
        tensors.put(NOISE, new FloatTensor(List.of((long) noise.length), FloatBuffer.wrap(noise)));
        return tensors;
    }

    /** @throws AtelierException {@code INPUT_UNREADABLE} if the checkpoint is damaged */
    @Override
    public Optional<FloatTensor> lastInversion(int reference) {
        Path file = inversion(reference);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        FloatTensor latents = tensors(file).get(LATENTS);
        if (latents == null) {
            throw damaged(file);
        }
        return Optional.of(latents);
    }

    @Override
    public void inversionStepCompleted(int reference, int done, int steps, Supplier<FloatTensor> latents) {
        if (isDue() || done == steps) {
            write(inversion(reference), Map.of(LATENTS, latents.get()));
        }
    }

    private Path inversion(int reference) {
        return folder.resolve(INVERSION + reference);
    }

    @Override
    public OptionalInt maxChunk() {
        return journal.most();
    }

    @Override
    public void chunkHalved(int maxChunk) {
        try {
            journal.halved(maxChunk);
        } catch (IOException e) {
            throw files.unwritable(folder.resolve(SetJournal.FILE), e);
        }
    }

    private boolean isDue() {
        return System.nanoTime() - lastWritten >= interval.toNanos();
    }

    private void write(Path path, Map<String, FloatTensor> tensors) {
        try {
            journal.writesCheckpoint(Sha256.of(out -> FloatTensorFile.write(tensors, out)));
            AtomicFile.write(path, out -> FloatTensorFile.write(tensors, out));
        } catch (IOException e) {
            throw files.unwritable(path, e);
        }
        lastWritten = System.nanoTime();
    }
}
