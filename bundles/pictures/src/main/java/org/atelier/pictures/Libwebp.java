package org.atelier.pictures;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;

/** Calls to libwebp, which its wrapper unpacks to the temporary folder. */
interface Libwebp<T> {

    T run() throws IOException;

    /** @throws AtelierException {@code INPUT_UNREADABLE} if libwebp cannot be loaded */
    static <T> T call(Libwebp<T> call) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        if (!Files.isWritable(folder)) {
            throw missing("the temporary folder " + folder + " cannot be written", null);
        }
        try {
            return call.run();
        } catch (LinkageError e) {
            throw missing("it cannot be loaded from the temporary folder " + folder, e);
        }
    }

    private static AtelierException missing(String why, Throwable cause) {
        return new AtelierException(
                INPUT_UNREADABLE,
                "WebP images need the native library libwebp, and " + why
                        + "; name another folder by JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER, or use PNG.",
                cause);
    }
}
