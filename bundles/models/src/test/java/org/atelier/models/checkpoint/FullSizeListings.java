package org.atelier.models.checkpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.atelier.models.naming.DiffusersNaming;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;

/** The names and shapes of the published models, made by checkpoint_fixtures.py. */
public final class FullSizeListings {

    private static final Path FOLDER =
            Path.of(System.getProperty("atelier.fixtures")).resolve("checkpoints");

    private FullSizeListings() {}

    /** The networks have a matrix where the UNet of Stable Diffusion 1.x has a 1x1 convolution. */
    private static List<Long> networkShape(String name, List<Long> shape) {
        TensorEntry stored = new TensorEntry(name, StoredType.F16, shape, 0, 0);
        return name.contains("block") && !name.startsWith("model.")
                ? DiffusersNaming.UNET.tensorsOf(stored).get(0).shape()
                : shape;
    }

    /** Shapes by component and name; the component {@code file} has the names of the file. */
    public static Map<String, Map<String, List<Long>>> read(String listing) throws IOException {
        Map<String, Map<String, List<Long>>> shapes = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(listing + ".tsv.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                String[] columns = line.split("\t", -1);
                List<Long> shape = columns[2].isEmpty()
                        ? List.of()
                        : Arrays.stream(columns[2].split(","))
                                .map(Long::valueOf)
                                .collect(Collectors.toList());
                shapes.computeIfAbsent(columns[0], name -> new TreeMap<>())
                        .put(columns[1], networkShape(columns[1], shape));
            }
        }
        return shapes;
    }
}
