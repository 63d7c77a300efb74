package org.atelier.models.lora;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.TensorEntry;

/** A LoRA in a safetensors file, of any dialect; its header is checked, and that every number is finite. Immutable. */
public final class LoraFile {

    private final SafetensorsFile file;
    private final LoraDialect dialect;
    private final List<LoraAdapter> adapters;

    private LoraFile(SafetensorsFile file, LoraDialect dialect, List<LoraAdapter> adapters) {
        this.file = file;
        this.dialect = dialect;
        this.adapters = List.copyOf(adapters);
    }

    /**
     * Opens a LoRA.
     *
     * @throws AtelierException MODEL_INVALID if the file is not a LoRA, is damaged, or of a kind that is not supported
     */
    public static LoraFile open(Path path) {
        return open(path, path);
    }

    /**
     * As {@link #open(Path)}, for a copy of a file.
     *
     * @param path named in errors
     * @param content the file that is read
     */
    public static LoraFile open(Path path, Path content) {
        SafetensorsFile file = SafetensorsFile.open(path, content);
        Set<LoraDialect> dialects = new LinkedHashSet<>();
        Map<String, Parts> layers = layers(file, dialects);
        if (dialects.size() > 1) {
            throw ModelFaults.in(
                    path,
                    "mixes the names of "
                            + dialects.stream().map(LoraDialect::title).collect(Collectors.joining(" and "))
                            + "; a LoRA has one spelling. Convert it anew from its source.");
        }
        PeftConfig config = PeftConfig.of(file);
        // One fault of the metadata is that of every layer.
        Set<String> faults = new LinkedHashSet<>();
        List<LoraAdapter> adapters = new ArrayList<>();
        layers.forEach((name, parts) -> {
            try {
                adapters.add(parts.adapter(file, config));
            } catch (AtelierException e) {
                faults.add(e.getMessage());
            }
        });
        if (!faults.isEmpty()) {
            throw ModelFaults.in(path, Shortened.list(List.copyOf(faults), " "));
        }
        FiniteFactors.require(file);
        return new LoraFile(file, dialects.iterator().next(), adapters);
    }

    private static Map<String, Parts> layers(SafetensorsFile file, Set<LoraDialect> dialects) {
        Map<String, Parts> layers = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (TensorEntry entry : file.tensors().values()) {
            UnsupportedAdapter.of(entry.name()).ifPresent(kind -> {
                throw ModelFaults.in(
                        file.path(),
                        "is " + kind.title() + " (" + Shortened.name(entry.name())
                                + "); only a plain LoRA can be added.");
            });
            Optional<LoraKey> parsed = LoraKey.parse(entry.name());
            if (parsed.isEmpty()) {
                unknown.add(Shortened.name(entry.name()));
                continue;
            }
            LoraKey key = parsed.get();
            if (key.dialect() != null) {
                dialects.add(key.dialect());
            }
            Parts parts = layers.computeIfAbsent(
                    key.network() + " " + key.module().replace('.', '_'), name -> new Parts(key));
            if (parts.entries.putIfAbsent(key.role(), entry) != null) {
                throw ModelFaults.in(file.path(), Shortened.name(entry.name()) + " is given twice, in two spellings.");
            }
        }
        if (dialects.isEmpty()) {
            throw ModelFaults.in(
                    file.path(),
                    file.tensors().isEmpty()
                            ? "not a LoRA: it has no tensors."
                            : "not a LoRA: its tensors have other names, such as " + Shortened.list(unknown, ", ")
                                    + ".");
        }
        if (!unknown.isEmpty()) {
            throw ModelFaults.in(
                    file.path(),
                    unknown.size() + " of its tensors are not known in a LoRA: " + Shortened.list(unknown, ", ") + ".");
        }
        return layers;
    }

    /** The tensors of a layer until all are found. */
    private static final class Parts {

        private final LoraKey first;
        private final Map<LoraKey.Role, TensorEntry> entries = new LinkedHashMap<>();

        Parts(LoraKey first) {
            this.first = first;
        }

        private LoraAdapter adapter(SafetensorsFile file, PeftConfig config) {
            TensorEntry down = factor(LoraKey.Role.DOWN);
            TensorEntry up = factor(LoraKey.Role.UP);
            Optional<TensorEntry> mid = Optional.ofNullable(entries.get(LoraKey.Role.MID));
            mid.ifPresent(core -> requireFactor(core));
            long rank = down.shape().get(0);
            Optional<Double> alpha = Optional.ofNullable(entries.get(LoraKey.Role.ALPHA))
                    .map(entry -> ScalarTensor.read(file, entry))
                    // As kohya-ss/sd-scripts: an alpha of 0 stands for the rank.
                    .filter(value -> value != 0);
            double scale = alpha.map(value -> value / rank)
                    .orElseGet(() -> config.scale(first.network(), first.module(), rank));
            return new LoraAdapter(first.network(), first.module(), down, up, mid, scale);
        }

        private TensorEntry factor(LoraKey.Role role) {
            TensorEntry entry = entries.get(role);
            if (entry == null) {
                throw ModelFaults.of("The layer " + Shortened.name(first.module()) + " has no matrix \""
                        + (role == LoraKey.Role.DOWN ? "down" : "up") + "\".");
            }
            requireFactor(entry);
            return entry;
        }

        private static void requireFactor(TensorEntry entry) {
            int axes = entry.shape().size();
            if ((axes != 2 && axes != 4) || entry.shape().contains(0L)) {
                throw ModelFaults.of(Shortened.name(entry.name()) + " of shape " + entry.shape()
                        + " is not a matrix or a convolution.");
            }
            if (entry.type().precision().isEmpty()) {
                throw ModelFaults.of(Shortened.name(entry.name()) + " is stored as " + entry.type()
                        + "; only F32, F16 and BF16 are supported.");
            }
        }
    }

    /** The path that errors name. */
    public Path path() {
        return file.path();
    }

    SafetensorsFile tensors() {
        return file;
    }

    List<LoraAdapter> adapters() {
        return adapters;
    }

    /** What the file says of itself, without a model. */
    public LoraDescription description() {
        return LoraDescription.of(dialect, adapters, file.metadata());
    }
}
