package org.atelier.models.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.atelier.api.model.InspectedModel;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelInspector;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.checkpoint.CheckpointPart;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.json.Settings;
import org.atelier.models.lora.LoraDescription;
import org.atelier.models.lora.LoraFile;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.ModelSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Inspects models by the headers of their files and by their configurations. */
@Component
public final class HeaderInspector implements ModelInspector {

    private static final String EPSILON = "epsilon";

    private final ModelFiles files;

    /** @param files finds models by name */
    @Activate
    public HeaderInspector(@Reference ModelFiles files) {
        this.files = files;
    }

    @Override
    public InspectedModel inspect(String nameOrPath) {
        Path path = path(nameOrPath);
        if (Files.isDirectory(path)) {
            return folder(ModelFolder.open(path, nameOrPath));
        }
        SafetensorsFile file = SafetensorsFile.open(path);
        return switch (CheckpointFile.contentOf(file)) {
            case LORA -> lora(file);
            case VAE -> vae(file);
            case CHECKPOINT, OTHER -> checkpoint(CheckpointFile.of(file));
        };
    }

    private Path path(String nameOrPath) {
        return installedLora(nameOrPath)
                .orElseGet(() -> files.isFile(nameOrPath)
                        ? Path.of(nameOrPath).toAbsolutePath().normalize()
                        : files.folder(nameOrPath));
    }

    private Optional<Path> installedLora(String name) {
        return files.installed().stream()
                .filter(model ->
                        model.kind().equals(ModelKind.LORA) && model.name().equals(name))
                .map(InstalledModel::folder)
                .findFirst();
    }

    private static InspectedModel checkpoint(CheckpointFile checkpoint) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("family", checkpoint.architecture().title());
        facts.put("prediction", prediction(checkpoint));
        facts.put("input channels", checkpoint.inputChannels());
        facts.put("use", checkpoint.isInpainting() ? "inpainting" : "text to image");
        List<String> parts = new ArrayList<>();
        List.of(ModelComponent.UNET, ModelComponent.VAE, "text_encoder", "text_encoder_2").stream()
                .filter(checkpoint.parts()::containsKey)
                .forEach(parts::add);
        facts.put("parts", parts);
        describe(List.of(checkpoint.file()), facts);
        if (!checkpoint.ignored().isEmpty()) {
            facts.put("ignored", checkpoint.ignored());
        }
        facts.put("configuration", configuration(checkpoint));
        return new InspectedModel(checkpoint.file().path(), "checkpoint", facts, checkpoint.metadata());
    }

    private static String configuration(CheckpointFile checkpoint) {
        if (!checkpoint.hasPublishedSizes()) {
            return "none: its sizes are not published; give --model-config";
        }
        return checkpoint.parts().size() == 1
                ? "none: it holds only a UNet; give a model with the other parts with --model-config"
                : checkpoint.publishedConfiguration();
    }

    private static String prediction(CheckpointFile checkpoint) {
        String stated = checkpoint.prediction(true).orElse(EPSILON);
        return checkpoint.zeroTerminalSnr() ? stated + ", zero terminal SNR" : stated;
    }

    private static InspectedModel vae(SafetensorsFile file) {
        CheckpointPart part = CheckpointFile.autoencoderOf(file);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("names", part.form() == CheckpointPart.Form.DIFFUSERS_AUTOENCODER ? "diffusers" : "original");
        describe(List.of(file), facts);
        return new InspectedModel(file.path(), "vae", facts, file.metadata());
    }

    private static InspectedModel lora(SafetensorsFile file) {
        LoraDescription lora = LoraFile.open(file.path()).description();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("title", lora.title());
        facts.put("family", lora.family().isEmpty() ? "not stated" : lora.family());
        facts.put("dialect", lora.dialect());
        facts.put("rank", lora.ranks());
        facts.put("alpha", lora.alphas());
        facts.put("UNet layers", lora.unetLayers());
        facts.put("text layers", lora.textEncoderLayers());
        facts.put("triggers", lora.triggers());
        facts.put("usage hint", lora.usageHint());
        describe(List.of(file), facts);
        facts.values().removeIf(value -> value.equals("") || value.equals(List.of()));
        return new InspectedModel(file.path(), "lora", facts, file.metadata());
    }

    private static InspectedModel folder(ModelSource model) {
        Settings unet = model.settings(ModelComponent.UNET);
        Settings scheduler = model.settings(ModelComponent.SCHEDULER);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("family", model.family().title());
        facts.put(
                "prediction",
                scheduler.text("prediction_type", EPSILON)
                        + (scheduler.flag("rescale_betas_zero_snr", false) ? ", zero terminal SNR" : ""));
        facts.put("input channels", unet.integer("in_channels", 4));
        facts.put(
                "parts",
                model.family().components().stream().map(ModelComponent::name).toList());
        describe(
                model.files().stream()
                        .filter(path -> path.toString().endsWith(".safetensors"))
                        .map(SafetensorsFile::open)
                        .toList(),
                facts);
        facts.put("configuration", "its own");
        return new InspectedModel(model.path(), "model", facts, Map.of());
    }

    /** Data types, number of tensors and size. */
    private static void describe(List<SafetensorsFile> files, Map<String, Object> facts) {
        Map<String, Integer> types = new TreeMap<>();
        int tensors = 0;
        long bytes = 0;
        for (SafetensorsFile file : files) {
            file.tensors().values().forEach(entry -> types.merge(entry.type().name(), 1, Integer::sum));
            tensors += file.tensors().size();
            bytes += file.bytes();
        }
        facts.put("precision", types);
        facts.put("tensors", tensors);
        facts.put("bytes", bytes);
    }
}
