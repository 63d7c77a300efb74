package org.atelier.onnx;

import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;

/** A lease of a model: a folder with settings and ONNX graphs. Thread-safe; its graphs must not be used after it is closed. */
public final class OnnxModel implements AutoCloseable {

    private final String name;
    private final SharedModel shared;
    private final Runnable giveBack;
    private boolean closed;

    OnnxModel(String name, SharedModel shared, Runnable giveBack) {
        this.name = name;
        this.shared = shared;
        this.giveBack = giveBack;
    }

    /** The requested name or path. */
    public String name() {
        return name;
    }

    /** The name of the model in reports: the requested name, or the last part of the requested path. */
    public String title() {
        return folder().equals(Path.of(name).toAbsolutePath().normalize())
                ? folder().getFileName().toString()
                : name;
    }

    /** The absolute folder of its files. */
    public Path folder() {
        return shared.folder();
    }

    /**
     * The settings in a file of the folder.
     *
     * @param file such as {@code config.json}
     * @throws AtelierException MODEL_INVALID naming the file if it is missing or not JSON
     */
    public Settings settings(String file) {
        return Settings.read(folder().resolve(file));
    }

    /** Whether the folder has a graph of that name, of any number type. */
    public boolean has(String graph) {
        return shared.files().find(graph).isPresent();
    }

    /** The name of its graph, without number type and ending, if all its files are of one graph. */
    public Optional<String> soleGraph() {
        return shared.files().sole();
    }

    /**
     * A graph, loaded on first request: {@code NAME.onnx} in the folder or in its subfolder {@code onnx/}, in full
     * precision if available.
     *
     * @param graph its name without number type and ending: {@code encoder_model}
     * @throws AtelierException MODEL_INVALID naming the file if it is missing or cannot be run
     */
    public Graph graph(String graph) {
        return shared.graph(graph);
    }

    /** Returns the lease. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            giveBack.run();
        }
    }
}
