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
 * What diffusers' layout needs: the configurations and vocabularies of each component and its safetensors in one variant. Checkpoints of
 * other programs beside them, exports to other formats and old components that the pipeline does not name are left.
 */
final class SafetensorsSelection implements FileSelection {

    private static final Pattern SIDE_FILE = Pattern.compile(".*(?<!\\.index(?:\\.\\w{1,20})?)\\.(json|txt|model)");

    private final String variant;
    private final List<String> folders;
    private final boolean pipeline;

    /**
     * @param variant empty for the plain files
     * @param folders of the components, each with a slash at its end, and empty text for the model's own
     * @param pipeline whether the model's own folder has an index only, and no weights that are needed
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
                    "There is no variant \"%s\"; there are %s and the plain files, which are taken without --variant."
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
