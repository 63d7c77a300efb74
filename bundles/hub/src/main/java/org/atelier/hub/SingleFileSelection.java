package org.atelier.hub;

import java.util.List;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullRequest;
import org.atelier.models.library.HubName;

/** Selects one safetensors file, which is a whole model, a UNet or a LoRA. */
final class SingleFileSelection implements FileSelection {

    private static final String SAFETENSORS = ".safetensors";
    private static final int SHOWN = 20;

    private final HubName model;
    private final String path;

    SingleFileSelection(HubName model, String path) {
        this.model = model;
        this.path = path;
    }

    /** @throws AtelierException INVALID_REQUEST if the request selects a variant or a data type */
    static void requireNoVariant(PullRequest request) {
        if (!request.variant().isEmpty() || !request.dtype().equals("fp32")) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, request.name() + " is a single file: omit --variant and --dtype.");
        }
    }

    @Override
    public List<RemoteFile> of(List<RemoteFile> files) {
        List<RemoteFile> found =
                files.stream().filter(file -> file.path().equals(path)).toList();
        if (found.isEmpty()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "There is no file %s in %s; %s".formatted(path, model, names(model, files)));
        }
        return found;
    }

    /** The safetensors files of a repository as names for a pull, for an error message. */
    static String names(HubName model, List<RemoteFile> files) {
        List<String> names = files.stream()
                .map(RemoteFile::path)
                .filter(each -> each.endsWith(SAFETENSORS))
                .toList();
        return names.isEmpty()
                ? "it has no safetensors files: choose another model."
                : "name one of its files: "
                        + names.stream()
                                .limit(SHOWN)
                                .map(each -> model + ":" + each)
                                .collect(Collectors.joining(", "))
                        + (names.size() > SHOWN ? ", …" : ".");
    }
}
