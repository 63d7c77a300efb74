package org.atelier.models.safetensors;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;

/** A safetensors file with a checked header. Tensors are mapped individually, so the file may exceed 2 GB. */
public final class SafetensorsFile {

    private static final int LENGTH_BYTES = Long.BYTES;

    private final Path path;
    private final Path content;
    private final long dataBegin;
    private final long fileBytes;
    private final Map<String, TensorEntry> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(Path path, Path content, long dataBegin, long fileBytes, SafetensorsHeader.Content header) {
        this.path = path;
        this.content = content;
        this.dataBegin = dataBegin;
        this.fileBytes = fileBytes;
        this.tensors = header.tensors();
        this.metadata = header.metadata();
    }

    /**
     * Reads and checks only the header.
     *
     * @throws AtelierException MODEL_INVALID if the file is missing, truncated, not a safetensors file, or malicious
     */
    public static SafetensorsFile open(Path path) {
        return open(path, path);
    }

    /**
     * As {@link #open(Path)}, for a copy of a file.
     *
     * @param path named in errors
     * @param content the file that is read
     */
    public static SafetensorsFile open(Path path, Path content) {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(content))) {
            long fileBytes = Files.size(content);
            byte[] head = stream.readNBytes(LENGTH_BYTES);
            rejectOtherFormats(path, head);
            if (head.length < LENGTH_BYTES) {
                throw ModelFaults.in(
                        path, "the file is truncated: it has only " + head.length + " bytes. Fetch it again.");
            }
            long headerBytes =
                    ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
            long rest = fileBytes - LENGTH_BYTES;
            if (headerBytes < 0 || headerBytes > SafetensorsHeader.MAXIMUM_BYTES) {
                rejectKnownFormats(path, head);
                throw ModelFaults.in(
                        path,
                        "not a safetensors file: its header would be " + Long.toUnsignedString(headerBytes)
                                + " bytes long.");
            }
            if (headerBytes > rest) {
                throw ModelFaults.in(path, "the file is truncated within its header. Fetch it again.");
            }
            long dataBytes = rest - headerBytes;
            SafetensorsHeader.Content header = SafetensorsHeader.read(path, stream, headerBytes, dataBytes);
            return new SafetensorsFile(path, content, LENGTH_BYTES + headerBytes, fileBytes, header);
        } catch (NoSuchFileException e) {
            throw ModelFaults.in(path, "the file is missing.", e);
        } catch (IOException e) {
            throw ModelFaults.in(path, "cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Other files that are met under the name of a safetensors file, by their first bytes. */
    private static final Map<String, String> OTHER_FORMATS = Map.of(
            "\u0089PNG", "a PNG image",
            "\u00ff\u00d8\u00ff", "a JPEG image",
            "RIFF", "a RIFF file, such as a WebP image",
            "GGUF", "a GGUF file, whose weights are quantised",
            "\u0089HDF", "an HDF5 file",
            "<!DO", "a web page",
            "<htm", "a web page");

    /** Rejects ZIP pickles and Git LFS pointers by their first bytes. */
    private static void rejectOtherFormats(Path path, byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("PK\u0003\u0004")) {
            throw pickle(path);
        }
        if (start.startsWith("version ")) {
            throw ModelFaults.in(
                    path, "this is a Git LFS pointer in place of the weights. Fetch them with: git lfs pull");
        }
    }

    /**
     * Rejects files of known formats: pickles, which begin with 0x80 and the protocol, images and others. Checked only
     * for an invalid length, since a valid length may begin with the same bytes.
     */
    private static void rejectKnownFormats(Path path, byte[] head) {
        if (head[0] == (byte) 0x80 && head[1] <= 5) {
            throw pickle(path);
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        OTHER_FORMATS.forEach((magic, kind) -> {
            if (start.startsWith(magic)) {
                throw ModelFaults.in(path, "this is " + kind + ", not a safetensors file; fetch the model again.");
            }
        });
    }

    private static AtelierException pickle(Path path) {
        return ModelFaults.in(path, "this is a pickle (a PyTorch checkpoint) under another name. " + Pickles.REMEDY);
    }

    public Path path() {
        return path;
    }

    /** The tensors by name, in the order of their bytes. */
    public Map<String, TensorEntry> tensors() {
        return tensors;
    }

    /** The size of the file when it was opened. */
    public long bytes() {
        return fileBytes;
    }

    /** The texts that the writer of the file left in its header, untrusted. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Maps the bytes of a tensor read-only. Writing to this memory crashes the process. A transposed tensor is a copy.
     *
     * @throws AtelierException MODEL_INVALID for a tensor of 2 GB or more, or a file that changed since it was opened
     */
    public ByteBuffer map(TensorEntry tensor) {
        requireMappable(tensor);
        try (FileChannel channel = FileChannel.open(content, StandardOpenOption.READ)) {
            requireUnchanged(channel);
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, dataBegin + tensor.begin(), tensor.bytes());
            return tensor.transposed() ? transposed(tensor, bytes) : bytes;
        } catch (IOException e) {
            throw ModelFaults.in(path, "cannot be mapped: " + e.getMessage() + ".", e);
        }
    }

    /** Copies a matrix that is stored with its axes exchanged. */
    private static ByteBuffer transposed(TensorEntry tensor, ByteBuffer stored) {
        int rows = Math.toIntExact(tensor.shape().get(0));
        int columns = Math.toIntExact(tensor.shape().get(1));
        int size = tensor.type().bytes();
        ByteBuffer copy = ByteBuffer.allocateDirect(stored.remaining());
        byte[] element = new byte[size];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                stored.get((column * rows + row) * size, element);
                copy.put(element);
            }
        }
        return copy.flip();
    }

    /**
     * Copies the bytes of a tensor.
     *
     * @throws AtelierException MODEL_INVALID for a tensor of 2 GB or more, or a file that changed since it was opened
     */
    public ByteBuffer read(TensorEntry tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(requireMappable(tensor));
        try (SeekableByteChannel channel = Files.newByteChannel(content)) {
            requireUnchanged(channel);
            channel.position(dataBegin + tensor.begin());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A channel may read fewer bytes than requested.
            }
            return bytes.flip();
        } catch (IOException e) {
            throw ModelFaults.in(path, "cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Returns the size of a tensor.
     *
     * @throws AtelierException MODEL_INVALID if it is 2 GB or more
     */
    public int requireMappable(TensorEntry tensor) {
        if (tensor.bytes() > Integer.MAX_VALUE) {
            throw ModelFaults.in(
                    path,
                    tensor.name() + " alone has " + tensor.bytes()
                            + " bytes; a tensor of 2 GB or more cannot be mapped.");
        }
        return (int) tensor.bytes();
    }

    private void requireUnchanged(SeekableByteChannel channel) throws IOException {
        if (channel.size() != fileBytes) {
            throw new EOFException(
                    "it had " + fileBytes + " bytes when it was opened and has " + channel.size() + " now");
        }
    }

    /** Whether the tensor is aligned to its element size; files of early writers may not be. */
    public boolean aligned(TensorEntry tensor) {
        return (dataBegin + tensor.begin()) % tensor.type().bytes() == 0;
    }
}
