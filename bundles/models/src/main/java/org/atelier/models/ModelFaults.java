package org.atelier.models;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Creates errors about model files, each naming its file. */
public final class ModelFaults {

    private ModelFaults() {}

    public static AtelierException in(Path file, String what) {
        return new AtelierException(Code.MODEL_INVALID, file + ": " + what);
    }

    public static AtelierException in(Path file, String what, Exception cause) {
        return new AtelierException(Code.MODEL_INVALID, file + ": " + what, cause);
    }

    /** Creates one error with a headline and one line per fault; a single fault has no headline. */
    public static AtelierException listing(String headline, List<String> faults) {
        if (faults.size() == 1) {
            return new AtelierException(Code.MODEL_INVALID, faults.get(0));
        }
        return new AtelierException(Code.MODEL_INVALID, headline + "\n  " + String.join("\n  ", faults));
    }
}
