package ai.djl.onnxruntime.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.PairList;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A graph of DJL's ONNX Runtime engine that also runs for some of its outputs, and says what its inputs and outputs are.
 *
 * <p>DJL's {@link OrtSymbolBlock} computes every output at each call. A decoder that is both the first step and the later
 * ones then copies the keys and values of its encoder at every token, so a call for some of the outputs asks the session
 * itself. DJL gives no shapes of inputs, no outputs at all and no number types, so these are read from the session too.
 * All else is DJL's.
 *
 * <p>Only in the engine's own package can a value of ONNX Runtime become an {@link NDArray} without a copy. Runs may
 * overlap; none may overlap {@link #close}.
 */
public final class NamedGraph extends OrtSymbolBlock {

    private final OrtSession session;
    private final OrtNDManager manager;
    private final Map<String, NodeInfo> inputs;
    private final Map<String, NodeInfo> outputs;

    private NamedGraph(OrtSession session, OrtNDManager manager) throws OrtException {
        super(session, manager);
        this.session = session;
        this.manager = manager;
        this.inputs = session.getInputInfo();
        this.outputs = session.getOutputInfo();
    }

    /**
     * Opens a file in the environment of DJL's engine.
     *
     * @param options stay the caller's
     * @return to be closed by the caller
     * @throws OrtException if ONNX Runtime refuses the file
     */
    public static NamedGraph open(Path file, SessionOptions options) throws OrtException {
        OrtEngine engine = (OrtEngine) Engine.getEngine(OrtEngine.ENGINE_NAME);
        OrtSession session = engine.getEnv().createSession(file.toString(), options);
        return new NamedGraph(session, (OrtNDManager) engine.newBaseManager(Device.cpu()));
    }

    /** By name, in the graph's own order; the shape has -1 where a side may be of any length, and is null where it is no tensor. */
    @Override
    public PairList<String, Shape> describeInput() {
        return shapes(inputs);
    }

    /** As {@link #describeInput}. */
    @Override
    public PairList<String, Shape> describeOutput() {
        return shapes(outputs);
    }

    /** The number type of an input that is a tensor. */
    public DataType inputType(String name) {
        return OrtUtils.toDataType(((TensorInfo) inputs.get(name).getInfo()).type);
    }

    /**
     * Runs the graph once.
     *
     * @param given every input in the graph's own order, arrays of this engine without names
     * @param wanted the outputs to compute, tensors all of them
     * @return the outputs by name, in no particular order; they belong to no manager, so each is the caller's to close
     * @throws EngineException caused by an {@link OrtException} if the graph cannot be run on that
     */
    public NDList run(NDList given, Set<String> wanted) {
        NDList computed = wanted.containsAll(outputs.keySet()) && !given.isEmpty()
                ? forwardInternal(null, given, false, null)
                : runFor(given, wanted);
        computed.detach();
        return computed;
    }

    private NDList runFor(NDList given, Set<String> wanted) {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        Iterator<String> names = inputs.keySet().iterator();
        for (NDArray array : given) {
            fed.put(names.next(), ((OrtNDArray) array).getTensor());
        }
        try {
            NDList computed = new NDList(wanted.size());
            for (Map.Entry<String, OnnxValue> output : session.run(fed, wanted)) {
                NDArray array = manager.createInternal((OnnxTensor) output.getValue());
                array.setName(output.getKey());
                computed.add(array);
            }
            return computed;
        } catch (OrtException e) {
            throw new EngineException(e);
        }
    }

    private static PairList<String, Shape> shapes(Map<String, NodeInfo> nodes) {
        PairList<String, Shape> shapes = new PairList<>(nodes.size());
        nodes.forEach((name, node) ->
                shapes.add(name, node.getInfo() instanceof TensorInfo tensor ? new Shape(tensor.getShape()) : null));
        return shapes;
    }

    @Override
    public void close() {
        super.close();
        manager.close();
    }
}
