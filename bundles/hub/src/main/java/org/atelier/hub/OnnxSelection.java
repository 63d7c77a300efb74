package org.atelier.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Selects the files of an ONNX export: configurations, vocabularies, and each graph in one data type with its external weights. */
final class OnnxSelection implements FileSelection {

    /** The suffix of a graph's name for each data type. */
    private static final Map<String, String> SUFFIXES = suffixes();

    private static final Pattern GRAPH =
            Pattern.compile("(.+?)(_fp16|_int8|_uint8|_quantized|_q4|_q4f16|_bnb4)?\\.onnx");

    private static final Pattern SIDE_FILE = Pattern.compile(".*(?<!\\.index)\\.(json|txt|model)");

    /** Graphs that are contained in another graph; exports provide both. */
    private static final Map<String, Set<String>> CONTAINED_IN = Map.of(
            "decoder_model", Set.of("decoder_model_merged"),
            "decoder_with_past_model", Set.of("decoder_model_merged"),
            "model", Set.of("audio_model", "text_model", "vision_model", "encoder_model"));

    private final String dtype;
    private final List<String> graphs;

    /**
     * @param dtype a data type, such as {@code fp16}
     * @param graphs the required graphs; empty for all that are not contained in others
     * @throws AtelierException INVALID_REQUEST if the data type is unknown
     */
    OnnxSelection(String dtype, List<String> graphs) {
        if (!SUFFIXES.containsKey(dtype)) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "There is no dtype \"" + dtype + "\"; available: " + SUFFIXES.keySet() + ".");
        }
        this.dtype = dtype;
        this.graphs = List.copyOf(graphs);
    }

    private static Map<String, String> suffixes() {
        Map<String, String> suffixes = new LinkedHashMap<>();
        suffixes.put("fp32", "");
        suffixes.put("fp16", "_fp16");
        suffixes.put("int8", "_int8");
        suffixes.put("uint8", "_uint8");
        suffixes.put("q8", "_quantized");
        suffixes.put("q4", "_q4");
        suffixes.put("q4f16", "_q4f16");
        suffixes.put("bnb4", "_bnb4");
        return suffixes;
    }

    /** Whether any of the files is a graph. */
    static boolean applies(List<RemoteFile> files) {
        return files.stream().anyMatch(file -> GRAPH.matcher(file.name()).matches());
    }

    @Override
    public List<RemoteFile> of(List<RemoteFile> files) {
        Map<String, Map<String, RemoteFile>> bySuffix = new LinkedHashMap<>();
        for (RemoteFile file : files) {
            Matcher graph = GRAPH.matcher(file.name());
            if (graph.matches()) {
                String suffix = graph.group(2) == null ? "" : graph.group(2);
                bySuffix.computeIfAbsent(graph.group(1), stem -> new LinkedHashMap<>())
                        .putIfAbsent(suffix, file);
            }
        }
        List<RemoteFile> needed = new ArrayList<>(files.stream()
                .filter(file -> file.folder().isEmpty()
                        && SIDE_FILE.matcher(file.name()).matches())
                .toList());
        for (String stem : needed(bySuffix.keySet())) {
            RemoteFile graph = chosen(stem, bySuffix.get(stem));
            needed.add(graph);
            files.stream().filter(file -> isDataOf(graph, file)).forEach(needed::add);
        }
        return needed;
    }

    private Set<String> needed(Set<String> stems) {
        if (graphs.isEmpty()) {
            return stems.stream()
                    .filter(stem ->
                            CONTAINED_IN.getOrDefault(stem, Set.of()).stream().noneMatch(stems::contains))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        for (String graph : graphs) {
            if (!stems.contains(graph)) {
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "There is no graph " + graph + ".onnx, which config/models.json names; available: "
                                + new TreeSet<>(stems) + ".");
            }
        }
        return new LinkedHashSet<>(graphs);
    }

    private RemoteFile chosen(String stem, Map<String, RemoteFile> bySuffix) {
        RemoteFile graph = bySuffix.get(SUFFIXES.get(dtype));
        if (graph == null) {
            String there = SUFFIXES.entrySet().stream()
                    .filter(known -> bySuffix.containsKey(known.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.joining(", "));
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "%s.onnx does not exist in dtype %s: choose one of %s with --dtype.".formatted(stem, dtype, there));
        }
        return graph;
    }

    /** Whether a file contains external weights of a graph: {@code X.onnx_data}, {@code X.onnx_data_1}, {@code X.onnx.data}. */
    private static boolean isDataOf(RemoteFile graph, RemoteFile file) {
        return file.folder().equals(graph.folder())
                && file.name().matches(Pattern.quote(graph.name()) + "[._]data(_\\d+)?");
    }
}
