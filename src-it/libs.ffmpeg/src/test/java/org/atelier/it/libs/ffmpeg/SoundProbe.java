package org.atelier.it.libs.ffmpeg;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegLogCallback;

/** The sample rate of a sound that FFmpeg decodes. */
public final class SoundProbe implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        Path sound = Path.of(System.getProperty("atelier.fixtures"), "audio", "sound.flac");
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(sound.toFile())) {
            FFmpegLogCallback.setLevel(avutil.AV_LOG_QUIET);
            grabber.start();
            grabber.grabSamples();
            return grabber.getSampleRate();
        }
    }
}
