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

/** Opens files as graphs of DJL's ONNX Runtime engine that take no more than their threads and let these sleep. */
final class Sessions {

    /** Some graphs fail only at what an optimiser makes of them: one that fuses nodes, or even a basic one. */
    private static final List<OptLevel> LEVELS = List.of(OptLevel.ALL_OPT, OptLevel.BASIC_OPT, OptLevel.NO_OPT);

    /** What no optimiser is to blame for. */
    private static final Set<OrtErrorCode> HOPELESS =
            Set.of(OrtErrorCode.ORT_INVALID_PROTOBUF, OrtErrorCode.ORT_NO_SUCHFILE, OrtErrorCode.ORT_NO_MODEL);

    private final int threads;

    /** @param threads of each graph, at least 1 */
    Sessions(int threads) {
        this.threads = threads;
    }

    /** @throws AtelierException MODEL_INVALID in one line if the file is no graph that can be run */
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
        // Waiting threads would spin, at the cost of the network that generates meanwhile.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        // Texts are of another length at each step: plans for a length would pile up.
        options.setMemoryPatternOptimization(false);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        return options;
    }

    /** What makes arrays of this engine; to be closed by the caller. */
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
