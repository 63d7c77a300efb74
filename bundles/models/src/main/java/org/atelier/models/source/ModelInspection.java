package org.atelier.models.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;
import org.atelier.models.tokenizer.Vocabulary;

/** Looks through a model folder and remembers everything that is wrong with it, so that a user hears it at once. */
final class ModelInspection {

    private static final String PIPELINE = "StableDiffusionXLPipeline";

    private final Path folder;
    private final Settings index;
    private final Map<Component, Settings> settings = new EnumMap<>(Component.class);
    private final Map<Component, WeightFiles> weights = new EnumMap<>(Component.class);
    private final List<String> faults = new ArrayList<>();

    /** @throws AtelierException MODEL_INVALID when {@code model_index.json} is missing or that of another pipeline */
    ModelInspection(Path folder) {
        this.folder = folder;
        Path file = folder.resolve("model_index.json");
        if (!Files.isRegularFile(file)) {
            throw ModelFaults.in(folder, "not a model folder in diffusers' layout: model_index.json is missing.");
        }
        this.index = Settings.read(file);
        String pipeline = index.text("_class_name", "");
        if (!pipeline.equals(PIPELINE)) {
            throw ModelFaults.in(file, "the model is a \"" + pipeline + "\"; only " + PIPELINE + " can be drawn with.");
        }
    }

    /** @throws AtelierException MODEL_INVALID with every fault on a line of its own */
    void requireWhole() {
        for (Component component : Component.values()) {
            attempt(() -> requireKnownClass(component)).ifPresent(known -> inspect(component));
        }
        if (!faults.isEmpty()) {
            throw ModelFaults.listing("The model in " + folder + " cannot be used:", faults);
        }
    }

    private void inspect(Component component) {
        Path inside = folder.resolve(component.folder());
        if (!Files.isDirectory(inside)) {
            faults.add(inside + ": the folder is missing.");
            return;
        }
        attempt(() -> Settings.read(inside.resolve(component.settingsFile())))
                .ifPresent(read -> settings.put(component, read));
        if (component.hasWeights()) {
            attempt(() -> WeightFiles.in(inside, component)).ifPresent(found -> weights.put(component, found));
        }
        if (component.isTokenizer()) {
            attempt(() -> Vocabulary.fileIn(inside));
        }
    }

    private String requireKnownClass(Component component) {
        if (!index.has(component.folder())) {
            throw ModelFaults.in(index.file(), "the component " + component.folder() + " is missing.");
        }
        List<String> libraryAndClass = index.texts(component.folder());
        String found = libraryAndClass.size() == 2 ? libraryAndClass.get(1) : libraryAndClass.toString();
        if (!component.isKnown(found)) {
            throw ModelFaults.in(
                    index.file(),
                    component.folder() + " is a \"" + found + "\"; only " + component.className() + " is known here.");
        }
        return found;
    }

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (AtelierException e) {
            faults.add(e.getMessage().replace("\n", "\n  "));
            return Optional.empty();
        }
    }

    Settings index() {
        return index;
    }

    Map<Component, Settings> settings() {
        return Map.copyOf(settings);
    }

    Map<Component, WeightFiles> weights() {
        return Map.copyOf(weights);
    }
}
