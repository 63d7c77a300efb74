package org.atelier.models;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.text.ControlCharacters;

/** Creates errors about model files, each naming its file. Control characters of a file are shown, not obeyed. */
public final class ModelFaults {

    private ModelFaults() {}

    /** An error whose text names the file already, or to which its catcher adds the file. */
    public static AtelierException of(String what) {
        return new AtelierException(Code.MODEL_INVALID, ControlCharacters.shown(what));
    }

    public static AtelierException in(Path file, String what) {
        return new AtelierException(Code.MODEL_INVALID, ControlCharacters.shown(file + ": " + what));
    }

    public static AtelierException in(Path file, String what, Exception cause) {
        return new AtelierException(Code.MODEL_INVALID, ControlCharacters.shown(file + ": " + what), cause);
    }

    /** Creates one error with a headline and one line per fault; a single fault has no headline. */
    public static AtelierException listing(String headline, List<String> faults) {
        if (faults.size() == 1) {
            return new AtelierException(Code.MODEL_INVALID, ControlCharacters.shown(faults.get(0)));
        }
        return new AtelierException(
                Code.MODEL_INVALID, ControlCharacters.shown(headline + "\n  " + String.join("\n  ", faults)));
    }
}
