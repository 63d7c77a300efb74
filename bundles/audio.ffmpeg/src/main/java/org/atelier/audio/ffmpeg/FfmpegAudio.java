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

/** A file that FFmpeg decodes, block by block as the file has them. */
final class FfmpegAudio implements DecodedAudio {

    /** FFmpeg's names of the formats whose headers tell their length; of others it is guessed from the file's size. */
    private static final Set<String> TELL_THEIR_LENGTH = Set.of("flac", "mov,mp4,m4a,3gp,3g2,mj2");

    /** An encoder's delay at both ends may be counted or not. */
    private static final double LENGTH_TOLERANCE_SECONDS = 0.2;

    private final Path file;
    private final FFmpegFrameGrabber grabber;
    private final int sampleRate;
    private final int channels;

    private FloatBuffer block = FloatBuffer.allocate(0);
    private long decoded;

    /** @param grabber started, and with sound */
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
                requireAllThatWasPromised();
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

    /** Closes what was opened, as far as it was. */
    static void release(FFmpegFrameGrabber grabber) {
        try {
            grabber.release();
        } catch (FrameGrabber.Exception e) {
            throw new IllegalStateException("FFmpeg does not let go of a file", e);
        }
    }

    private Frame grab() {
        try {
            return grabber.grabSamples();
        } catch (FrameGrabber.Exception e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, file + " is damaged after " + seconds() + " s.", e);
        }
    }

    private void requireAllThatWasPromised() {
        double promised = grabber.getLengthInTime() / 1e6;
        if (TELL_THEIR_LENGTH.contains(grabber.getFormat()) && seconds() < promised - LENGTH_TOLERANCE_SECONDS) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "%s is cut off: it has %.1f of the %.1f seconds that its header promises."
                            .formatted(file, seconds(), promised));
        }
    }

    private double seconds() {
        return (double) decoded / sampleRate;
    }
}
