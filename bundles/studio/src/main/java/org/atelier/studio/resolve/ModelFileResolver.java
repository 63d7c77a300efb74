package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelFile;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.models.library.ModelLibrary;
import org.atelier.studio.input.FileHashes;

/** Resolves the files of a model and of its VAE to absolute paths and hashes, and names of folders to absolute paths. */
final class ModelFileResolver {

    private final ModelLibrary library;
    private final FileHashes hashes = new FileHashes();

    ModelFileResolver(ModelLibrary library) {
        this.library = library;
    }

    /** @throws AtelierException if a file has changed since the request was resolved */
    void resolve(SetRequest request, SetRequestBuilder resolved) {
        ModelOptions options = request.modelOptions();
        resolved.modelSha256(library.file(request.model())
                .map(file -> hash(file, options.sha256(), "--model"))
                .orElse(null));
        if (options.config() != null) {
            resolved.modelConfig(absolute(options.config()));
        }
        if (options.vae() != null) {
            resolved.vae(resolved(options.vae()));
        }
    }

    private ModelFile resolved(ModelFile vae) {
        Optional<Path> file = library.file(vae.name());
        return file.isEmpty()
                ? new ModelFile(absolute(vae.name()), null)
                : new ModelFile(file.get().toString(), hash(file.get(), vae.sha256(), "--vae"));
    }

    private String hash(Path file, String expected, String option) {
        String found = hashes.of(file);
        if (expected != null && !expected.equals(found)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s has changed since the request was resolved; restore the old file, or give the new one with %s."
                            .formatted(file, option));
        }
        return found;
    }

    /** A path with a separator is that of a folder if there is one; everything else is a name. */
    private static String absolute(String name) {
        boolean isPath = name.contains("/") || name.contains("\\");
        return isPath && Files.isDirectory(Path.of(name))
                ? Path.of(name).toAbsolutePath().normalize().toString()
                : name;
    }
}
