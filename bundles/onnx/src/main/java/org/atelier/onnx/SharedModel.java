package org.atelier.onnx;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The graphs of one model's folder that have been requested. */
final class SharedModel {

    private final Path folder;
    private final GraphFiles files;
    private final Sessions sessions;
    private final Map<Path, Graph> graphs = new HashMap<>();

    SharedModel(Path folder, Sessions sessions) {
        this.folder = folder;
        this.files = new GraphFiles(folder);
        this.sessions = sessions;
    }

    Path folder() {
        return folder;
    }

    GraphFiles files() {
        return files;
    }

    synchronized Graph graph(String name) {
        return graphs.computeIfAbsent(files.require(name), file -> new Graph(file, sessions.open(file)));
    }

    synchronized void close() {
        graphs.values().forEach(Graph::close);
        graphs.clear();
    }
}
