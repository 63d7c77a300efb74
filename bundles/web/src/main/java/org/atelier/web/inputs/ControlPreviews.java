package org.atelier.web.inputs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.atelier.api.set.Studio;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;

/** Shows what a ControlNet receives of a control image. A preprocessor may run a network, so there is one preview at a time. */
final class ControlPreviews {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Studio studio;
    private final Semaphore running = new Semaphore(1, true);

    ControlPreviews(Studio studio) {
        this.studio = studio;
    }

    /** Sends the preview as a PNG. */
    void show(ApiRequest request, ApiResponse response) throws IOException {
        ControlPreview preview = ControlPreview.read(request.body());
        acquire();
        try {
            Path folder = Files.createTempDirectory("atelier-preview");
            Path file = folder.resolve("preview.png");
            try {
                studio.preprocess(preview.model(), preview.control(), preview.width(), preview.height(), file);
                try (FileChannel channel = FileChannel.open(file)) {
                    response.file(channel, "image/png");
                }
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } finally {
            running.release();
        }
    }

    private void acquire() throws IOException {
        try {
            if (!running.tryAcquire(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw ApiError.of(
                        429, "too_many_previews", "Other previews are being made; try again in some seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is stopping");
        }
    }
}
