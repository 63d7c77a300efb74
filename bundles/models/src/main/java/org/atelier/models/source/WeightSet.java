package org.atelier.models.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.Settings;
import org.atelier.models.naming.TensorNaming;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.TensorEntry;

/** All tensors of a component in one variant, in one file or in shards. */
final class WeightSet {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");

    /** A tensor by its network name, and its file. */
    record Located(SafetensorsFile file, TensorEntry entry) {}

    private final Map<String, Located> tensors = new LinkedHashMap<>();

    private WeightSet() {}

    /** @throws AtelierException MODEL_INVALID if the file is invalid */
    static WeightSet single(Path file, TensorNaming naming) {
        WeightSet set = new WeightSet();
        set.add(SafetensorsFile.open(file), naming);
        return set;
    }

    /**
     * The shards that an index lists.
     *
     * @param index a {@code *.safetensors.index.json}, whose {@code weight_map} names the file of each tensor
     * @throws AtelierException MODEL_INVALID listing missing or damaged shards, shard names outside the folder, and
     *     tensors missing from their shard
     */
    static WeightSet sharded(Path index, TensorNaming naming) {
        Settings places = Settings.read(index).object("weight_map");
        Map<String, List<String>> tensorsByShard = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String tensor : new TreeSet<>(places.keys())) {
            tensorsByShard
                    .computeIfAbsent(places.text(tensor), shard -> new ArrayList<>())
                    .add(tensor);
        }
        WeightSet set = new WeightSet();
        tensorsByShard.forEach((shard, expected) -> {
            try {
                set.addShard(index, shard, expected, naming);
            } catch (AtelierException e) {
                faults.add(e.getMessage());
            }
        });
        if (!faults.isEmpty()) {
            throw ModelFaults.listing(index + ": its shards cannot be used:", faults);
        }
        return set;
    }

    private void addShard(Path index, String shard, List<String> expected, TensorNaming naming) {
        if (!FILE_NAME.matcher(shard).matches()) {
            throw ModelFaults.in(
                    index,
                    "\"" + shard.replaceAll("\\p{Cntrl}", "?")
                            + "\" is not the name of a safetensors file in this folder.");
        }
        Path path = index.resolveSibling(shard);
        if (!Files.isRegularFile(path)) {
            throw ModelFaults.in(path, "the file is missing.");
        }
        SafetensorsFile file = SafetensorsFile.open(path);
        for (String tensor : expected) {
            if (!file.tensors().containsKey(tensor)) {
                throw ModelFaults.in(
                        path, "lacks the tensor " + tensor + " that " + index.getFileName() + " lists for this file.");
            }
        }
        add(file, naming);
    }

    private void add(SafetensorsFile file, TensorNaming naming) {
        for (TensorEntry stored : file.tensors().values()) {
            naming.tensorsOf(stored).forEach(entry -> add(file, entry));
        }
    }

    private void add(SafetensorsFile file, TensorEntry entry) {
        Located other = tensors.putIfAbsent(entry.name(), new Located(file, entry));
        if (other != null) {
            throw ModelFaults.in(
                    file.path(),
                    entry.name() + " is also in " + other.file().path().getFileName() + ".");
        }
    }

    /** The tensors by network name. */
    Map<String, Located> tensors() {
        return Map.copyOf(tensors);
    }
}
