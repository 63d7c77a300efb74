package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.model.LoraInput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.lora.AppliedLora;
import org.atelier.models.lora.LoraFile;
import org.atelier.models.lora.LoraModel;
import org.atelier.models.source.ModelSource;
import org.atelier.studio.input.InputFile;
import org.atelier.studio.input.InputFiles;
import org.atelier.studio.input.InputKind;
import org.atelier.studio.input.InputPath;

/** Resolves the LoRAs of a request, and adds them to its model. */
final class LoraResolver {

    private static final int MAX_LORAS = 64;
    private static final String LORA_EXTENSION = ".safetensors";
    private static final double LARGEST_STRENGTH = 100;

    private final ModelLibrary library;
    private final SetResources resources;
    private final Faults faults;

    private LoraResolver(ModelLibrary library, SetResources resources, Faults faults) {
        this.library = library;
        this.resources = resources;
        this.faults = faults;
    }

    /**
     * Resolves the LoRAs.
     *
     * @param model of the request
     * @param resources reads the files, which are not read again
     * @return the model with the LoRAs; the model alone if one of them has a fault
     */
    static ModelSource resolve(
            SetRequest request,
            SetRequestBuilder resolved,
            ModelSource model,
            ModelLibrary library,
            SetResources resources,
            Faults faults) {
        List<LoraInput> requested = request.modelOptions().loras();
        if (requested.isEmpty()) {
            return model;
        }
        if (requested.size() > MAX_LORAS) {
            faults.add("A set has at most %d LoRAs, not %d.".formatted(MAX_LORAS, requested.size()));
            return model;
        }
        LoraResolver resolver = new LoraResolver(library, resources, faults);
        List<LoraInput> found = new ArrayList<>();
        List<AppliedLora> applied = new ArrayList<>();
        for (LoraInput lora : requested) {
            resolver.resolve(lora, found).ifPresent(applied::add);
        }
        if (applied.size() < requested.size()) {
            return model;
        }
        resolved.loras(found);
        try {
            return LoraModel.of(model, applied);
        } catch (AtelierException e) {
            faults.add(e);
            return model;
        }
    }

    private Optional<AppliedLora> resolve(LoraInput lora, List<LoraInput> found) {
        checkStrength(lora, "unet", lora.unet());
        checkStrength(lora, "text-encoder", lora.textEncoder());
        try {
            Path path = elsewhere(lora).orElseGet(() -> library.lora(lora.lora()));
            InputFile file = resources.inputs().read(path, InputKind.LORA);
            if (lora.sha256() != null && !lora.sha256().equals(file.sha256())) {
                throw new AtelierException(
                        INPUT_UNREADABLE,
                        "%s has changed since the request was resolved; restore the old LoRA, or give the new one with --lora."
                                .formatted(path));
            }
            boolean isPath = Path.of(lora.lora()).toAbsolutePath().normalize().equals(path);
            found.add(new LoraInput(
                    isPath ? path.toString() : lora.lora(), lora.unet(), lora.textEncoder(), file.sha256()));
            return Optional.of(new AppliedLora(LoraFile.open(path, file.copy()), lora.unet(), lora.textEncoder()));
        } catch (AtelierException e) {
            faults.add(e);
            return Optional.empty();
        }
    }

    /** Returns the path that names a LoRA that lies elsewhere; one that the request names otherwise is found by its hash. */
    private Optional<Path> elsewhere(LoraInput lora) {
        InputFiles inputs = resources.inputs();
        if (inputs.namesElsewhere().isEmpty()) {
            return Optional.empty();
        }
        Path named = InputPath.of(lora.lora());
        if (inputs.namesElsewhere().contains(named)) {
            return Optional.of(named);
        }
        return inputs.namesElsewhere().stream()
                .filter(path -> lora.sha256() != null && path.toString().endsWith(LORA_EXTENSION))
                .filter(path -> inputs.read(path, InputKind.LORA).sha256().equals(lora.sha256()))
                .findFirst();
    }

    private void checkStrength(LoraInput lora, String network, double strength) {
        faults.require(
                Math.abs(strength) <= LARGEST_STRENGTH,
                "The %s strength of the LoRA %s must be from -%.0f to %.0f, not %s."
                        .formatted(network, lora.lora(), LARGEST_STRENGTH, LARGEST_STRENGTH, strength));
    }
}
