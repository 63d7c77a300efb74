package org.atelier.onnx;

import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;

/** A lease of a model: a folder with settings and ONNX graphs. Thread-safe; what it gives must not be used after it is closed. */
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

    /** What the model was asked for by. */
    public String name() {
        return name;
    }

    /** What the model is called in reports: the name that it was asked for by, of a path the last part. */
    public String title() {
        return folder().equals(Path.of(name).toAbsolutePath().normalize())
                ? folder().getFileName().toString()
                : name;
    }

    /** Where its files lie, absolute. */
    public Path folder() {
        return shared.folder();
    }

    /**
     * The settings in a file of the folder.
     *
     * @param file such as {@code config.json}
     * @throws AtelierException MODEL_INVALID naming the file if it is missing or no JSON
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
     * A graph, loaded when it is first asked for: {@code NAME.onnx} of the folder itself or of {@code onnx/} in it; where there is none of full
     * precision, one of less.
     *
     * @param graph its name without number type and ending: {@code encoder_model}
     * @throws AtelierException MODEL_INVALID naming the file if it is missing or no graph that can be run
     */
    public Graph graph(String graph) {
        return shared.graph(graph);
    }

    /** Gives the lease back. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            giveBack.run();
        }
    }
}
