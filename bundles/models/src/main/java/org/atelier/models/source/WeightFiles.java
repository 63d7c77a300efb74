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
import org.atelier.tensor.Precision;

/** The weights of a component in the variants that its folder has, every header checked. */
final class WeightFiles {

    /** The variants that diffusers names in its files; "ema" and the like are for training. */
    private enum Variant {
        FULL(""),
        HALF(".fp16");

        private final String infix;

        Variant(String infix) {
            this.infix = infix;
        }
    }

    private final Map<Variant, WeightSet> variants;

    private WeightFiles(Map<Variant, WeightSet> variants) {
        this.variants = variants;
    }

    /**
     * Finds and checks the weight files, single or sharded.
     *
     * @param stem what their names begin with
     * @throws AtelierException MODEL_INVALID when there is none, or only pickles, or one is damaged
     */
    static WeightFiles in(Path folder, String stem, TensorNaming naming) {
        Map<Variant, WeightSet> variants = new EnumMap<>(Variant.class);
        for (Variant variant : Variant.values()) {
            find(folder, stem, naming, variant).ifPresent(weights -> variants.put(variant, weights));
        }
        if (variants.isEmpty()) {
            throw none(folder, stem + ".safetensors");
        }
        return new WeightFiles(variants);
    }

    private static Optional<WeightSet> find(Path folder, String stem, TensorNaming naming, Variant variant) {
        Path single = folder.resolve(stem + variant.infix + ".safetensors");
        if (Files.isRegularFile(single)) {
            return Optional.of(WeightSet.single(single, naming));
        }
        // Two spellings: libraries have put the variant before and behind the word "index".
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

    /** The files that fit a precision best: half for half where they are there, else whichever there is. */
    WeightSet fitting(Precision precision) {
        Variant preferred = precision == Precision.FLOAT32 ? Variant.FULL : Variant.HALF;
        WeightSet weights = variants.get(preferred);
        return weights != null ? weights : variants.values().iterator().next();
    }
}
