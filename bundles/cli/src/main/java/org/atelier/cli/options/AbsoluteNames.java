package org.atelier.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.model.ModelFile;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCardFile;

/**
 * Makes the file names of a request absolute, for a server that runs in another folder.
 *
 * @param folder the absolute folder against which relative names are resolved
 * @param kinds tells which context kinds read files
 * @param isModel whether a name is that of an installed model, which takes precedence over a folder of that name
 */
public record AbsoluteNames(Path folder, ContextKinds kinds, Predicate<String> isModel) {

    public SetRequest of(SetRequest request) {
        return request.toBuilder()
                .model(model(request.model()))
                .modelConfig(
                        request.modelOptions().config() == null
                                ? null
                                : model(request.modelOptions().config()))
                .vae(
                        request.modelOptions().vae() == null
                                ? null
                                : new ModelFile(
                                        model(request.modelOptions().vae().name()),
                                        request.modelOptions().vae().sha256()))
                .loras(request.modelOptions().loras().stream()
                        .map(lora -> lora.withLora(model(lora.lora())))
                        .toList())
                .references(request.references().images().stream().map(this::of).toList())
                .contents(images(request.references().contents()))
                .contexts(request.contexts().inputs().stream()
                        .map(context ->
                                kinds.readsFile(context.kind()) ? context.withInput(file(context.input())) : context)
                        .toList())
                .controls(request.controls().images().stream().map(this::of).toList())
                .initImages(images(request.initImages().images()))
                .masks(images(request.initImages().masks()))
                .regions(request.regions().list().stream()
                        .map(region -> region.withMask(file(region.mask()), region.sha256()))
                        .toList())
                .card(
                        request.card() == null
                                ? null
                                : new StyleCardFile(
                                        file(request.card().file()),
                                        request.card().sha256()))
                .build();
    }

    private ReferenceFile of(ReferenceFile reference) {
        return new ReferenceFile(
                file(reference.file()),
                reference.prompt(),
                reference.weight(),
                reference.sha256(),
                reference.resolved());
    }

    private List<ImageFile> images(List<ImageFile> images) {
        return images.stream()
                .map(image -> new ImageFile(file(image.file()), image.sha256()))
                .toList();
    }

    private ControlInput of(ControlInput control) {
        return new ControlInput(
                control.kind(),
                file(control.file()),
                control.sha256(),
                control.options(),
                control.model() == null ? null : model(control.model()),
                control.scale(),
                control.start(),
                control.end());
    }

    private String file(String name) {
        return folder.resolve(name).normalize().toString();
    }

    /** Resolves a model or a LoRA that is given as an existing folder or file; keeps a name. */
    private String model(String name) {
        boolean isPath = !isModel.test(name) && Files.exists(folder.resolve(name));
        return isPath ? file(name) : name;
    }
}
