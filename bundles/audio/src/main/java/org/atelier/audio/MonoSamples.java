package org.atelier.audio;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Mixes the channels of a file to mono at its own sample rate; rejects invalid audio. */
final class MonoSamples implements SampleStream {

    private static final int SAMPLES = 8192;
    private static final int MAX_CHANNELS = 1024;
    private static final int MAX_RATE = 768_000;

    private final Path file;
    private final DecodedAudio audio;
    private final int channels;
    private final float[] frames;

    private int frameCount;
    private int nextFrame;
    private long sampleCount;

    /** Takes ownership of the audio, even if it rejects it. */
    MonoSamples(Path file, DecodedAudio audio) {
        this.file = file;
        this.audio = audio;
        this.channels = audio.channels();
        boolean isValid =
                audio.sampleRate() > 0 && audio.sampleRate() <= MAX_RATE && channels > 0 && channels <= MAX_CHANNELS;
        if (!isValid) {
            audio.close();
            throw refuse(
                    "declares %d channels at %d Hz, which is not valid audio.".formatted(channels, audio.sampleRate()));
        }
        this.frames = new float[Math.max(1, SAMPLES / channels) * channels];
    }

    @Override
    public int sampleRate() {
        return audio.sampleRate();
    }

    @Override
    public int read(float[] samples, int offset, int length) {
        if (nextFrame == frameCount) {
            frameCount = audio.read(frames);
            nextFrame = 0;
        }
        if (frameCount < 0) {
            if (sampleCount == 0) {
                throw refuse("contains no audio: its length is zero.");
            }
            frameCount = 0;
            return -1;
        }
        int count = Math.min(length, frameCount - nextFrame);
        for (int i = 0; i < count; i++) {
            samples[offset + i] = mean(nextFrame + i);
        }
        nextFrame += count;
        sampleCount += count;
        return count;
    }

    @Override
    public void close() {
        audio.close();
    }

    private float mean(int frame) {
        float sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            sum += frames[frame * channels + channel];
        }
        if (!Float.isFinite(sum)) {
            throw refuse("has a sample that is not a finite number, after %.3f seconds."
                    .formatted((sampleCount + frame - nextFrame) / (double) sampleRate()));
        }
        return sum / channels;
    }

    private AtelierException refuse(String fault) {
        return new AtelierException(Code.INPUT_UNREADABLE, file + " " + fault);
    }
}
