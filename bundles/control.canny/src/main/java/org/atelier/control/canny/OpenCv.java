package org.atelier.control.canny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.bytedeco.opencv.global.opencv_imgproc;

/** OpenCV's native code. */
final class OpenCv {

    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    private OpenCv() {}

    /**
     * Unpacks and loads it, unless it is loaded. One thread at a time: the classes of its parts initialize each other.
     *
     * @throws AtelierException {@code ENGINE_FAILED} if it cannot be unpacked or loaded
     */
    static synchronized void load() {
        String folder = System.getProperty(FOLDER);
        try {
            if (folder != null) {
                // JavaCPP would take a folder of its own where it must not write to this one.
                requireWritable(Path.of(folder));
            }
            // Loads both modules that Canny needs: imgproc, and core for the matrix.
            opencv_imgproc.getGaussianKernel(1, 1).close();
        } catch (IOException | LinkageError e) {
            throw new AtelierException(Code.ENGINE_FAILED, fault(e, folder), e);
        }
    }

    private static String fault(Throwable cause, String folder) {
        if (cause.getCause() instanceof ClassNotFoundException) {
            return "Canny edges need the bundle org.atelier.libs.opencv; install it, or give the edges themselves as a"
                    + " control of the kind picture.";
        }
        return ("OpenCV cannot be loaded (%s). Its native code, which Atelier brings for this platform, is unpacked to %s: let"
                        + " that folder be writable, have 60 MB of disk free, or name another cache in XDG_CACHE_HOME.")
                .formatted(cause, folder);
    }

    private static void requireWritable(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException(folder + " is not writable");
        }
    }
}
