package org.atelier.onnx;

import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Errors of a model's files, each in one line with the file. */
final class Fault {

    private static final int LONGEST = 200;

    private Fault() {}

    static AtelierException in(Path file, String what) {
        return in(file, what, null);
    }

    static AtelierException in(Path file, String what, Exception cause) {
        return new AtelierException(Code.MODEL_INVALID, file + ": " + what, cause);
    }

    /** As {@link #reason(OrtException)}, of what DJL wraps. */
    static String reason(EngineException fault) {
        return fault.getCause() instanceof OrtException cause ? reason(cause) : String.valueOf(fault.getMessage());
    }

    /** ONNX Runtime's message without its source location and file name, without a full stop. */
    static String reason(OrtException fault) {
        String line = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        String plain = line.replaceFirst("^Error code - \\w+ - message: ", "")
                .replaceAll("/\\S*\\.(cc|h):\\d+ \\S+( \\[\\S+])?( \\S+ was false\\.)? ?", "")
                .replaceFirst("^Load model from .*? failed:", "")
                .strip()
                .replaceFirst("\\.+$", "");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
