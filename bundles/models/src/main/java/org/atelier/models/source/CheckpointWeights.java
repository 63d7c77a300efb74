package org.atelier.models.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.models.checkpoint.CheckpointPart;
import org.atelier.models.json.Settings;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.source.WeightSet.Located;
import org.atelier.tensor.Precision;

/** The tensors of one network in a single file; there is one variant. */
final class CheckpointWeights implements ComponentWeights {

    private final Path path;
    private final Map<String, Located> tensors;

    private CheckpointWeights(Path path, Map<String, Located> tensors) {
        this.path = path;
        this.tensors = Map.copyOf(tensors);
    }

    /**
     * @param settings the configuration of the network
     * @param projects whether a text encoder projects the pooled text
     */
    static CheckpointWeights of(SafetensorsFile file, CheckpointPart part, Settings settings, boolean projects) {
        Map<String, Located> tensors = new LinkedHashMap<>();
        int layers = settings.integer("num_hidden_layers", Integer.MAX_VALUE);
        part.networkTensors(file.path(), layers, projects)
                .forEach(entry -> tensors.put(entry.name(), new Located(file, entry)));
        return new CheckpointWeights(file.path(), tensors);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, Located> fitting(Precision precision) {
        return tensors;
    }
}
