package org.atelier.studio.folder;

import static org.atelier.api.AtelierException.Code.MODEL_INVALID;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.ModelSource;

/**
 * Distinguishes models without reading gigabytes: by the names and sizes of their files, the content of small files, and
 * sample blocks of large ones. A fine-tuned model of the same shapes differs nearly everywhere, so samples suffice.
 */
public final class ModelFingerprint {

    private static final long SMALL = 1 << 20;
    private static final int BLOCKS = 64;
    private static final int BLOCK_BYTES = 4 << 10;

    private ModelFingerprint() {}

    /** Returns 64 hexadecimal digits that do not depend on the path of the folder. */
    public static String of(ModelSource model) {
        StringBuilder listing = new StringBuilder();
        try {
            for (Path file : model.files()) {
                list(model.path(), file, listing);
            }
        } catch (IOException e) {
            throw new AtelierException(MODEL_INVALID, model.path() + " cannot be read: " + IoErrors.of(e) + ".", e);
        }
        return Sha256.of(listing.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the fingerprint of a ControlNet, over every file in its folder. */
    public static String of(ControlNetFolder network) {
        StringBuilder listing = new StringBuilder();
        try {
            for (Path file : files(network.path())) {
                list(network.path(), file, listing);
            }
        } catch (IOException e) {
            throw new AtelierException(MODEL_INVALID, network.path() + " cannot be read: " + IoErrors.of(e) + ".", e);
        }
        return Sha256.of(listing.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> files(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void list(Path folder, Path file, StringBuilder listing) throws IOException {
        long size = Files.size(file);
        // A single file has no folder, and its configuration lies elsewhere.
        Path name = file.startsWith(folder) && !file.equals(folder) ? folder.relativize(file) : file.getFileName();
        listing.append(name.toString().replace('\\', '/'))
                .append(' ')
                .append(size)
                .append(' ')
                .append(size <= SMALL ? Sha256.of(file) : Sha256.of(out -> sample(file, size, out)))
                .append('\n');
    }

    private static void sample(Path file, long size, OutputStream out) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file);
                InputStream content = Channels.newInputStream(channel)) {
            for (int block = 0; block < BLOCKS; block++) {
                channel.position((size - BLOCK_BYTES) / (BLOCKS - 1) * block);
                out.write(content.readNBytes(BLOCK_BYTES));
            }
        }
    }
}
