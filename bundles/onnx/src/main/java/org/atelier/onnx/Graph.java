package org.atelier.onnx;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.NamedGraph;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** A loaded ONNX graph; what it takes and gives is read from itself. Thread-safe. */
public final class Graph {

    private final Path file;
    private final NamedGraph graph;
    private final Map<String, Shape> inputs;
    private final Map<String, Shape> outputs;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    /** @param graph from now on this graph's to close */
    Graph(Path file, NamedGraph graph) {
        this.file = file;
        this.graph = graph;
        this.inputs = byName(graph.describeInput());
        this.outputs = byName(graph.describeOutput());
    }

    private static Map<String, Shape> byName(PairList<String, Shape> described) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        described.forEach(each -> shapes.put(each.getKey(), each.getValue()));
        return Collections.unmodifiableMap(shapes);
    }

    /** The file that it was loaded from. */
    public Path file() {
        return file;
    }

    /** The names of what it takes, in its own order. */
    public Set<String> inputs() {
        return inputs.keySet();
    }

    /** The names of what it gives, in its own order. */
    public Set<String> outputs() {
        return outputs.keySet();
    }

    /** The shape of an input or output; -1 where a side may be of any length. */
    public long[] shape(String name) {
        Shape shape = inputs.containsKey(name) ? inputs.get(name) : outputs.get(name);
        if (shape == null) {
            throw Fault.in(file, "has no tensor " + name + ", but " + inputs() + " and " + outputs() + ".");
        }
        return shape.getShape().clone();
    }

    /**
     * Refuses a graph that lacks an input or output.
     *
     * @throws AtelierException MODEL_INVALID naming the first that is not there
     */
    public void require(Collection<String> inputs, Collection<String> outputs) {
        Set<String> lacking = new LinkedHashSet<>(inputs);
        lacking.removeAll(inputs());
        if (!lacking.isEmpty()) {
            throw Fault.in(file, "takes no " + lacking.iterator().next() + ", but " + inputs() + ".");
        }
        lacking.addAll(outputs);
        lacking.removeAll(outputs());
        if (!lacking.isEmpty()) {
            throw Fault.in(file, "gives no " + lacking.iterator().next() + ", but " + outputs() + ".");
        }
    }

    /**
     * Runs the graph once.
     *
     * @param given by input, every one; numbers of another width than the input's are converted; stays the caller's
     * @param wanted the outputs to compute
     * @return to be closed by the caller
     * @throws AtelierException MODEL_INVALID if the graph cannot be run on that; PLUGIN_WITHDRAWN if its model is closed
     */
    public Outputs run(Map<String, Tensor> given, Collection<String> wanted) {
        require(given.keySet(), wanted);
        wanted.forEach(this::shape);
        List<Tensor> converted = new ArrayList<>();
        use.readLock().lock();
        try {
            if (closed) {
                throw new AtelierException(Code.PLUGIN_WITHDRAWN, file + " was closed while it was in use; try again.");
            }
            NDList arrays = new NDList(inputs.size());
            for (String input : inputs.keySet()) {
                arrays.add(fitting(input, given, converted));
            }
            return outputs(graph.run(arrays, new LinkedHashSet<>(wanted)));
        } catch (EngineException e) {
            throw Fault.in(file, "cannot be run: " + Fault.reason(e) + ".", e);
        } finally {
            use.readLock().unlock();
            converted.forEach(Tensor::close);
        }
    }

    private NDArray fitting(String input, Map<String, Tensor> given, List<Tensor> converted) {
        Tensor tensor = given.get(input);
        if (tensor == null) {
            throw Fault.in(file, "cannot be run: the input " + input + " is missing.");
        }
        Tensor fitting = tensor.as(graph.inputType(input));
        if (fitting != tensor) {
            converted.add(fitting);
        }
        return fitting.array();
    }

    /** Each is closed on its own, so that one of them can be kept as the next step's input. */
    private static Outputs outputs(NDList arrays) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (NDArray array : arrays) {
            String name = array.getName();
            // A named array would be an input of that name in the next run.
            array.setName(null);
            tensors.put(name, new Tensor(array));
        }
        return new Outputs(tensors);
    }

    /** Waits for the runs under way. */
    void close() {
        use.writeLock().lock();
        try {
            closed = true;
            graph.close();
        } catch (EngineException e) {
            throw new IllegalStateException(file + " cannot be closed", e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
