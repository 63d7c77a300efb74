package org.atelier.onnx;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.onnxruntime.engine.NamedGraph;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Opens files as graphs of DJL's ONNX Runtime engine, with a limited number of threads that do not spin. */
final class Sessions {

    /** Some graphs fail only after an optimisation: fusing nodes, or even a basic one. */
    private static final List<OptLevel> LEVELS = List.of(OptLevel.ALL_OPT, OptLevel.BASIC_OPT, OptLevel.NO_OPT);

    /** Errors that are not caused by an optimisation. */
    private static final Set<OrtErrorCode> HOPELESS =
            Set.of(OrtErrorCode.ORT_INVALID_PROTOBUF, OrtErrorCode.ORT_NO_SUCHFILE, OrtErrorCode.ORT_NO_MODEL);

    private final int threads;

    /** @param threads of each graph, at least 1 */
    Sessions(int threads) {
        this.threads = threads;
    }

    /** @throws AtelierException MODEL_INVALID in one line if the file is not a graph that can be run */
    NamedGraph open(Path file) {
        engine();
        OrtException first = null;
        for (OptLevel level : LEVELS) {
            try (SessionOptions options = options(level)) {
                return NamedGraph.open(file, options);
            } catch (OrtException e) {
                first = first == null ? e : first;
                if (HOPELESS.contains(e.getCode())) {
                    break;
                }
            }
        }
        throw Fault.in(file, "is no ONNX graph that can be run: " + Fault.reason(first) + ".", first);
    }

    private SessionOptions options(OptLevel level) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setOptimizationLevel(level);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Waiting threads would spin and slow down the network that generates images.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        // The length of a text differs at each step, so memory plans for lengths would accumulate.
        options.setMemoryPatternOptimization(false);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        return options;
    }

    /** A manager for arrays of this engine; to be closed by the caller. */
    static NDManager manager() {
        return engine().newBaseManager(Device.cpu());
    }

    /** DJL's; it must be the first to start ONNX Runtime in this process, and starts it once. */
    private static Engine engine() {
        try {
            return Engine.getEngine("OnnxRuntime");
        } catch (LinkageError e) {
            throw new AtelierException(
                    Code.ENGINE_FAILED, "ONNX Runtime cannot be started: " + e.getMessage() + ".", e);
        }
    }
}
