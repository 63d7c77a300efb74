package org.atelier.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/**
 * Selects the files of diffusers' layout: the configurations, vocabularies and safetensors of each component, in one variant. Omits
 * checkpoints of other programs, exports to other formats and components that the pipeline does not name.
 */
final class SafetensorsSelection implements FileSelection {

    private static final Pattern SIDE_FILE = Pattern.compile(".*(?<!\\.index(?:\\.\\w{1,20})?)\\.(json|txt|model)");

    private final String variant;
    private final List<String> folders;
    private final boolean pipeline;

    /**
     * @param variant empty for files without a variant
     * @param folders the component folders, each with a trailing slash; empty for the model's folder
     * @param pipeline whether the model is a pipeline, so that weights in the model's folder are not needed
     */
    SafetensorsSelection(String variant, List<String> folders, boolean pipeline) {
        this.variant = variant;
        this.folders = List.copyOf(folders);
        this.pipeline = pipeline;
    }

    @Override
    public List<RemoteFile> of(List<RemoteFile> files) {
        Map<String, List<RemoteFile>> byFolder = files.stream()
                .filter(file -> folders.contains(file.folder()))
                .filter(file -> !pipeline
                        || !file.folder().isEmpty()
                        || SIDE_FILE.matcher(file.name()).matches())
                .collect(Collectors.groupingBy(RemoteFile::folder, LinkedHashMap::new, Collectors.toList()));
        List<RemoteFile> inFolders =
                byFolder.values().stream().flatMap(List::stream).toList();
        if (!variant.isEmpty() && !new WeightVariant(variant).isIn(inFolders)) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "There is no variant \"%s\"; available: %s and, without --variant, the files that have none."
                            .formatted(variant, WeightVariant.known(inFolders)));
        }
        List<RemoteFile> needed = new ArrayList<>();
        byFolder.values().forEach(folder -> {
            folder.stream()
                    .filter(file -> SIDE_FILE.matcher(file.name()).matches())
                    .forEach(needed::add);
            needed.addAll(new WeightVariant(variant).in(folder));
        });
        return needed;
    }
}
