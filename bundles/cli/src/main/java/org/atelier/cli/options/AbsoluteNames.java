package org.atelier.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCardFile;

/**
 * Names of files as another process finds them, which runs in another folder.
 *
 * @param folder to which relative names refer; absolute
 * @param kinds tells which contexts are files
 * @param isModel whether a name is that of a model that is here, which a folder of that name does not change
 */
public record AbsoluteNames(Path folder, ContextKinds kinds, Predicate<String> isModel) {

    public SetRequest of(SetRequest request) {
        return request.toBuilder()
                .model(model(request.model()))
                .references(request.references().images().stream().map(this::of).toList())
                .contexts(request.contexts().inputs().stream()
                        .map(context ->
                                kinds.readsFile(context.kind()) ? context.withInput(file(context.input())) : context)
                        .toList())
                .controls(request.controls().images().stream().map(this::of).toList())
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

    /** A name, or a folder: by then it is there. */
    private String model(String name) {
        boolean isFolder = !isModel.test(name) && Files.isDirectory(folder.resolve(name));
        return isFolder ? file(name) : name;
    }
}
