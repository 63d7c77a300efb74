package org.atelier.web.uploads;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.RequestFormat;
import org.atelier.files.RegularFile;
import org.atelier.files.Sha256;
import org.atelier.pictures.SourceImage;
import org.atelier.pictures.container.ImageKind;
import org.atelier.web.data.DataFiles;
import org.atelier.web.data.PrivateFile;
import org.atelier.web.http.ApiError;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The files that clients have uploaded, in the folder {@code uploads} of the data folder. What a file contains is found by its
 * content, never by its name or type. An image is decoded and stored as PNG, so that nothing else of the upload is kept; audio is
 * kept if it can be decoded. Files are named by their SHA-256.
 */
@Component(service = UploadStore.class)
public final class UploadStore {

    /** The largest upload, in bytes. */
    public static final long MAX_BYTES = UploadLimits.DEFAULT.fileBytes();

    private static final String FOLDER = "uploads";
    private static final int MAX_AT_ONCE = 4;
    private static final int TURN_SECONDS = 30;

    private final UploadFolder folder;
    private final UploadLimits limits;
    private final JobFiles jobs;
    private final AudioCheck audio;
    private final Semaphore arriving = new Semaphore(MAX_AT_ONCE, true);

    @Activate
    public UploadStore(
            @Reference SetQueue queue,
            @Reference RequestFormat format,
            @Reference AudioCheck audio,
            BundleContext context) {
        this(DataFiles.of(context), new JobFiles(queue, format), audio, UploadLimits.DEFAULT, InstantSource.system());
    }

    UploadStore(DataFiles data, JobFiles jobs, AudioCheck audio, UploadLimits limits, InstantSource clock) {
        this.folder = new UploadFolder(data.privateFolder(FOLDER), limits, clock);
        this.limits = limits;
        this.jobs = jobs;
        this.audio = audio;
        try {
            folder.removeUnfinished();
        } catch (IOException e) {
            throw DataFiles.unusable(data.folder().resolve(FOLDER), e);
        }
    }

    /**
     * Stores an upload; one that is stored already is not stored twice.
     *
     * @param in read to its end, or until it is too large
     * @param name of the upload in error messages
     * @throws AtelierException {@code INPUT_UNREADABLE} if it is not an image or audio, is damaged, or is a decompression bomb
     * @throws ApiError 413 if it is too large; 429 if there is no space, or too many arrive at once
     */
    public Upload add(InputStream in, String name) {
        return add(in, name, SourceImage::upright);
    }

    /** As {@link #add}, for a mask, which becomes one whose white pixels are repainted. @param form of the mask */
    public Upload addMask(InputStream in, String name, MaskForm form) {
        return add(in, name, form::white);
    }

    private Upload add(InputStream in, String name, Function<SourceImage, BufferedImage> pixels) {
        requireTurn();
        Path unfinished = folder.unfinished();
        try {
            try {
                PrivateFile.create(unfinished, out -> copy(in, out, name));
                return store(unfinished, name, pixels);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw DataFiles.unusable(unfinished, e);
        } finally {
            arriving.release();
        }
    }

    /** Waits until fewer uploads arrive. */
    private void requireTurn() {
        boolean mayArrive;
        try {
            mayArrive = arriving.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mayArrive = false;
        }
        if (!mayArrive) {
            throw ApiError.of(
                    429,
                    "too_many_uploads",
                    "%d uploads are arriving already; try again later.".formatted(MAX_AT_ONCE));
        }
    }

    private void copy(InputStream in, OutputStream out, String name) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = limits.fileBytes();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            left -= count;
            if (left < 0) {
                throw ApiError.of(
                        413, "upload_too_large", "%s is larger than %d MiB.".formatted(name, limits.fileBytes() >> 20));
            }
            out.write(buffer, 0, count);
        }
    }

    /** One at a time: a decoded image may take half a gigabyte. */
    private synchronized Upload store(Path file, String name, Function<SourceImage, BufferedImage> pixels)
            throws IOException {
        byte[] head = RegularFile.head(file, ImageKind.HEAD);
        if (ImageKind.of(head).isPresent()) {
            return image(file, name, pixels);
        }
        try {
            return audio(file, name);
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), e.getMessage() + " An image must be PNG, JPEG or WebP.", e);
        }
    }

    private Upload image(Path file, String name, Function<SourceImage, BufferedImage> pixels) throws IOException {
        BufferedImage image = pixels.apply(SourceImage.open(Path.of(name), file));
        Path png = folder.unfinished();
        try {
            PrivateFile.create(png, out -> {
                if (!ImageIO.write(image, "png", out)) {
                    throw new IllegalStateException("There is no PNG writer");
                }
            });
            String sha256 = Sha256.of(png);
            Path stored = keep(png, sha256, Upload.Kind.IMAGE);
            return Upload.image(stored, sha256, Files.size(stored), image.getWidth(), image.getHeight());
        } finally {
            Files.deleteIfExists(png);
        }
    }

    private Upload audio(Path file, String name) throws IOException {
        double seconds = audio.seconds(file, name, limits.audioSeconds());
        String sha256 = Sha256.of(file);
        Path stored = keep(file, sha256, Upload.Kind.AUDIO);
        return Upload.audio(stored, sha256, Files.size(stored), seconds);
    }

    private Path keep(Path file, String sha256, Upload.Kind kind) throws IOException {
        Path stored = folder.stored(sha256, kind);
        if (!Files.exists(stored)) {
            long bytes = Files.size(file);
            if (bytes > limits.totalBytes()) {
                throw new AtelierException(INPUT_UNREADABLE, "The file is too large to be stored; reduce it first.");
            }
            folder.makeRoom(bytes, jobs.needed());
            Files.move(file, stored);
        }
        folder.touch(stored);
        return stored;
    }
}
