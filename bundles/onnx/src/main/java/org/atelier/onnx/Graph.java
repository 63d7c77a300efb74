package org.atelier.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
    private final OrtSession session;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    Graph(Path file, OrtSession session) {
        this.file = file;
        this.session = session;
    }

    /** The file that it was loaded from. */
    public Path file() {
        return file;
    }

    /** The names of what it takes, in its own order. */
    public Set<String> inputs() {
        return session.getInputNames();
    }

    /** The names of what it gives, in its own order. */
    public Set<String> outputs() {
        return session.getOutputNames();
    }

    /** The shape of an input or output; -1 where a side may be of any length. */
    public long[] shape(String name) {
        return info(name).getShape();
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
     * @param given by input; numbers of another width than the input's are converted; stays the caller's
     * @param wanted the outputs to compute
     * @return to be closed by the caller
     * @throws AtelierException MODEL_INVALID if the graph cannot be run on that; PLUGIN_WITHDRAWN if its model is closed
     */
    public Outputs run(Map<String, Tensor> given, Collection<String> wanted) {
        List<Tensor> converted = new ArrayList<>();
        use.readLock().lock();
        try {
            if (closed) {
                throw new AtelierException(Code.PLUGIN_WITHDRAWN, file + " was closed while it was in use; try again.");
            }
            Map<String, OnnxTensor> fed = new LinkedHashMap<>();
            for (Map.Entry<String, Tensor> input : given.entrySet()) {
                fed.put(input.getKey(), fitting(input.getKey(), input.getValue(), converted));
            }
            return outputs(session.run(fed, new LinkedHashSet<>(wanted)));
        } catch (OrtException e) {
            throw Fault.in(file, "cannot be run: " + Fault.reason(e) + ".", e);
        } finally {
            use.readLock().unlock();
            converted.forEach(Tensor::close);
        }
    }

    private OnnxTensor fitting(String input, Tensor tensor, List<Tensor> converted) {
        Tensor fitting = tensor.as(info(input).type);
        if (fitting != tensor) {
            converted.add(fitting);
        }
        return fitting.value();
    }

    /** Each value is closed on its own, so that one of them can be kept as the next step's input. */
    private Outputs outputs(OrtSession.Result result) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
            if (!(output.getValue() instanceof OnnxTensor tensor)) {
                result.close();
                throw Fault.in(file, output.getKey() + " is no tensor.");
            }
            tensors.put(output.getKey(), new Tensor(tensor));
        }
        return new Outputs(tensors);
    }

    private TensorInfo info(String name) {
        try {
            NodeInfo node = inputs().contains(name)
                    ? session.getInputInfo().get(name)
                    : session.getOutputInfo().get(name);
            if (node != null && node.getInfo() instanceof TensorInfo tensor) {
                return tensor;
            }
            throw Fault.in(file, "has no tensor " + name + ", but " + inputs() + " and " + outputs() + ".");
        } catch (OrtException e) {
            throw Fault.in(file, "does not tell what " + name + " is: " + Fault.reason(e) + ".", e);
        }
    }

    /** Waits for the runs under way. */
    void close() {
        use.writeLock().lock();
        try {
            closed = true;
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(file + " cannot be closed", e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
