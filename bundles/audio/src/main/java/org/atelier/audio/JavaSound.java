package org.atelier.audio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.audio.ChunkReader.Chunk;

/** Decodes WAV, AIFF and AU with Java Sound: integers of 8 to 32 bits, floats of 32 and 64 bits, A-law and mu-law. */
final class JavaSound implements DecodedAudio {

    private static final long UNKNOWN = AudioSystem.NOT_SPECIFIED;

    private final Path file;
    private final AudioInputStream stream;
    private final AudioFormat format;
    /** The number of frames declared in the header; negative if unknown. */
    private final long declared;

    private long decoded;

    private JavaSound(Path file, AudioInputStream stream) {
        this.file = file;
        this.stream = stream;
        this.format = stream.getFormat();
        this.declared = stream.getFrameLength();
    }

    static JavaSound open(Path file, Container container) {
        try {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            try {
                AudioInputStream stream =
                        container == Container.WAVE ? wave(file, bytes) : withPlaceholders(file, container, bytes);
                return new JavaSound(file, isPcm(stream.getFormat()) ? stream : linear(stream));
            } catch (UnsupportedAudioFileException | IOException | RuntimeException e) {
                bytes.close();
                throw e;
            }
        } catch (UnsupportedAudioFileException | IOException | IllegalArgumentException e) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE, file + " has a damaged header or an unsupported encoding.", e);
        }
    }

    private static AudioInputStream wave(Path file, InputStream bytes)
            throws IOException, UnsupportedAudioFileException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            WaveHeader header = WaveHeader.read(channel).orElseThrow(UnsupportedAudioFileException::new);
            bytes.skipNBytes(header.position());
            int frame = Math.max(1, header.format().getFrameSize());
            long frames = header.declared().isPresent() ? header.declared().getAsLong() / frame : UNKNOWN;
            return new AudioInputStream(bytes, header.format(), frames);
        }
    }

    /** Opens an AIFF or AU file; one with a placeholder for its length extends to the end of the file. */
    private static AudioInputStream withPlaceholders(Path file, Container container, InputStream bytes)
            throws IOException, UnsupportedAudioFileException {
        AudioInputStream stream = AudioSystem.getAudioInputStream(bytes);
        long frames = stream.getFrameLength();
        AudioFormat format = stream.getFormat();
        boolean placeholder = frames * Math.max(1, format.getFrameSize()) >= WaveHeader.PLACEHOLDER
                && Files.size(file) < WaveHeader.PLACEHOLDER;
        boolean unfinished = frames == 0 && container == Container.AIFF && declaresNoSound(file);
        return placeholder || unfinished ? new AudioInputStream(bytes, format, UNKNOWN) : stream;
    }

    /** Whether the sound chunk of an AIFF file declares no bytes; a finished one declares at least its own two fields. */
    private static boolean declaresNoSound(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ChunkReader chunks = new ChunkReader(channel, ByteOrder.BIG_ENDIAN);
            Optional<Chunk> chunk = chunks.next();
            while (chunk.filter(found -> !found.id().equals("SSND")).isPresent()) {
                chunk = chunks.next();
            }
            return chunk.filter(sound -> sound.size() == 0).isPresent();
        }
    }

    @Override
    public int sampleRate() {
        return Math.round(format.getSampleRate());
    }

    @Override
    public int channels() {
        return format.getChannels();
    }

    @Override
    public int read(float[] interleaved) {
        int frames = interleaved.length / channels();
        byte[] bytes = bytesOf(frames);
        int count = bytes.length / format.getFrameSize();
        if (count == 0) {
            requireDeclaredLength();
            return -1;
        }
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int width = format.getFrameSize() / channels();
        for (int i = 0; i < count * channels(); i++) {
            interleaved[i] = sample(buffer, i * width, width);
        }
        decoded += count;
        return count;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private byte[] bytesOf(int frames) {
        try {
            return stream.readNBytes(frames * format.getFrameSize());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void requireDeclaredLength() {
        if (decoded < declared) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "%s is truncated: it has %d of the %d samples declared in its header."
                            .formatted(file, decoded, declared));
        }
    }

    private float sample(ByteBuffer buffer, int at, int width) {
        if (format.getEncoding().equals(Encoding.PCM_FLOAT)) {
            return width == Double.BYTES ? (float) buffer.getDouble(at) : buffer.getFloat(at);
        }
        if (format.getEncoding().equals(Encoding.PCM_UNSIGNED)) {
            return ((buffer.get(at) & 0xff) - 128) / 0x1p7f;
        }
        return switch (width) {
            case 1 -> buffer.get(at) / 0x1p7f;
            case 2 -> buffer.getShort(at) / 0x1p15f;
            case 3 -> threeBytes(buffer, at) / 0x1p23f;
            default -> buffer.getInt(at) / 0x1p31f;
        };
    }

    private static int threeBytes(ByteBuffer buffer, int at) {
        int middle = (buffer.get(at + 1) & 0xff) << 8;
        return buffer.order() == ByteOrder.BIG_ENDIAN
                ? (buffer.get(at) << 16) | middle | (buffer.get(at + 2) & 0xff)
                : (buffer.get(at + 2) << 16) | middle | (buffer.get(at) & 0xff);
    }

    private static boolean isPcm(AudioFormat format) {
        Encoding encoding = format.getEncoding();
        int width = format.getChannels() > 0 ? format.getFrameSize() / format.getChannels() : 0;
        if (encoding.equals(Encoding.PCM_FLOAT)) {
            return width == Float.BYTES || width == Double.BYTES;
        }
        if (encoding.equals(Encoding.PCM_SIGNED)) {
            return width >= Byte.BYTES && width <= Integer.BYTES;
        }
        return encoding.equals(Encoding.PCM_UNSIGNED) && width == Byte.BYTES;
    }

    /** Converts A-law and mu-law to integers. Other encodings throw {@link IllegalArgumentException}. */
    private static AudioInputStream linear(AudioInputStream stream) {
        return AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, stream);
    }

    private AtelierException unreadable(IOException cause) {
        return new AtelierException(Code.INPUT_UNREADABLE, file + " cannot be read: " + cause.getMessage(), cause);
    }
}
