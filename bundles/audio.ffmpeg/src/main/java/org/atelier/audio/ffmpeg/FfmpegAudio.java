package org.atelier.audio.ffmpeg;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.audio.DecodedAudio;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** An audio file that FFmpeg decodes frame by frame. */
final class FfmpegAudio implements DecodedAudio {

    /**
     * FFmpeg names of the formats with a length in their header. For other formats FFmpeg estimates it from the file
     * size.
     */
    private static final Set<String> FORMATS_WITH_LENGTH = Set.of("flac", "mov,mp4,m4a,3gp,3g2,mj2");

    /** The length may or may not include encoder delay and padding. */
    private static final double LENGTH_TOLERANCE_SECONDS = 0.2;

    private final Path file;
    private final FFmpegFrameGrabber grabber;
    private final int sampleRate;
    private final int channels;

    private FloatBuffer block = FloatBuffer.allocate(0);
    private long decoded;

    /** @param grabber started, with an audio stream */
    FfmpegAudio(Path file, FFmpegFrameGrabber grabber) {
        this.file = file;
        this.grabber = grabber;
        this.sampleRate = grabber.getSampleRate();
        this.channels = grabber.getAudioChannels();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int read(float[] interleaved) {
        while (block.remaining() < channels) {
            Frame frame = grab();
            if (frame == null) {
                requireDeclaredLength();
                return -1;
            }
            block = (FloatBuffer) frame.samples[0];
        }
        int frames = Math.min(interleaved.length, block.remaining()) / channels;
        block.get(interleaved, 0, frames * channels);
        decoded += frames;
        return frames;
    }

    @Override
    public void close() {
        release(grabber);
    }

    /** Releases a grabber, even if it was not started completely. */
    static void release(FFmpegFrameGrabber grabber) {
        try {
            grabber.release();
        } catch (FrameGrabber.Exception e) {
            throw new IllegalStateException("FFmpeg cannot release the file", e);
        }
    }

    private Frame grab() {
        try {
            return grabber.grabSamples();
        } catch (FrameGrabber.Exception e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, file + " is damaged after " + seconds() + " s.", e);
        }
    }

    private void requireDeclaredLength() {
        double declared = grabber.getLengthInTime() / 1e6;
        if (FORMATS_WITH_LENGTH.contains(grabber.getFormat()) && seconds() < declared - LENGTH_TOLERANCE_SECONDS) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "%s is truncated: it has %.1f of the %.1f seconds declared in its header."
                            .formatted(file, seconds(), declared));
        }
    }

    private double seconds() {
        return (double) decoded / sampleRate;
    }
}
