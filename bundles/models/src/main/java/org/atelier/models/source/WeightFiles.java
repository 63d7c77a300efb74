package org.atelier.models.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.naming.TensorNaming;
import org.atelier.models.safetensors.Pickles;
import org.atelier.models.source.WeightSet.Located;
import org.atelier.tensor.Precision;

/** The weight files of a component in all variants, with checked headers. */
final class WeightFiles implements ComponentWeights {

    /** The variants in diffusers file names; others such as "ema" are for training. */
    private enum Variant {
        FULL(""),
        HALF(".fp16");

        private final String infix;

        Variant(String infix) {
            this.infix = infix;
        }
    }

    private final Path folder;
    private final Map<Variant, WeightSet> variants;

    private WeightFiles(Path folder, Map<Variant, WeightSet> variants) {
        this.folder = folder;
        this.variants = variants;
    }

    /**
     * Finds and checks the weight files, single or sharded.
     *
     * @param stem prefix of the file names
     * @throws AtelierException MODEL_INVALID if there are none or only pickles, or one is damaged
     */
    static WeightFiles in(Path folder, String stem, TensorNaming naming) {
        Map<Variant, WeightSet> variants = new EnumMap<>(Variant.class);
        for (Variant variant : Variant.values()) {
            find(folder, stem, naming, variant).ifPresent(weights -> variants.put(variant, weights));
        }
        if (variants.isEmpty()) {
            throw none(folder, stem + ".safetensors");
        }
        return new WeightFiles(folder, variants);
    }

    private static Optional<WeightSet> find(Path folder, String stem, TensorNaming naming, Variant variant) {
        Path single = folder.resolve(stem + variant.infix + ".safetensors");
        if (Files.isRegularFile(single)) {
            return Optional.of(WeightSet.single(single, naming));
        }
        // Writers put the variant before or after the word "index".
        return List.of(
                        stem + ".safetensors.index" + variant.infix + ".json",
                        stem + ".safetensors" + variant.infix + ".index.json")
                .stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(index -> WeightSet.sharded(index, naming));
    }

    private static AtelierException none(Path folder, String expected) {
        try {
            return Pickles.in(folder)
                    .map(pickle -> ModelFaults.in(
                            folder, "has its weights only as a pickle, " + pickle + ". " + Pickles.REMEDY))
                    .orElseGet(() -> ModelFaults.in(folder, "has no weights: " + expected + " is missing."));
        } catch (IOException e) {
            return ModelFaults.in(folder, "cannot be read: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public Path path() {
        return folder;
    }

    /** Selects the variant for a precision: fp16 files for half precision if present, otherwise any variant. */
    @Override
    public Map<String, Located> fitting(Precision precision) {
        Variant preferred = precision == Precision.FLOAT32 ? Variant.FULL : Variant.HALF;
        WeightSet weights = variants.get(preferred);
        return (weights != null ? weights : variants.values().iterator().next()).tensors();
    }
}
