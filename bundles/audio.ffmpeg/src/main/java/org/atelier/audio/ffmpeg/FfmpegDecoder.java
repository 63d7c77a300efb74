package org.atelier.audio.ffmpeg;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.audio.AudioDecoder;
import org.atelier.audio.DecodedAudio;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegLogCallback;
import org.bytedeco.javacv.FrameGrabber;
import org.osgi.service.component.annotations.Component;

/** Decodes all formats of FFmpeg: FLAC, MP3, Ogg, M4A and more. */
@Component
public final class FfmpegDecoder implements AudioDecoder {

    /** Called by declarative services. */
    public FfmpegDecoder() {}

    @Override
    public DecodedAudio open(Path file) {
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
        try {
            // Errors are reported by exceptions.
            FFmpegLogCallback.setLevel(avutil.AV_LOG_QUIET);
            // A playlist must not open network connections.
            grabber.setOption("protocol_whitelist", "file");
            grabber.setSampleMode(FrameGrabber.SampleMode.FLOAT);
            grabber.start();
        } catch (FrameGrabber.Exception e) {
            FfmpegAudio.release(grabber);
            throw new AtelierException(Code.INPUT_UNREADABLE, file + " is not a valid audio file.", e);
        }
        if (!grabber.hasAudio()) {
            FfmpegAudio.release(grabber);
            throw new AtelierException(Code.INPUT_UNREADABLE, file + " contains no audio.");
        }
        return new FfmpegAudio(file, grabber);
    }
}
