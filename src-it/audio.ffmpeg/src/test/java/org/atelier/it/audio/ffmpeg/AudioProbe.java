package org.atelier.it.audio.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.audio.AudioFiles;
import org.atelier.audio.SampleStream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Reads every file in the home folder at 16 kHz and returns its number of samples, or the error. */
public final class AudioProbe implements Callable<String> {

    @Override
    public String call() throws IOException {
        BundleContext context = FrameworkUtil.getBundle(AudioProbe.class).getBundleContext();
        AudioFiles files = context.getService(context.getServiceReference(AudioFiles.class));
        List<String> results = new ArrayList<>();
        try (Stream<Path> sounds = Files.list(Path.of(context.getProperty("atelier.home")))) {
            sounds.sorted().forEach(sound -> results.add(sound.getFileName() + ": " + read(files, sound)));
        }
        return String.join("\n", results);
    }

    private static String read(AudioFiles files, Path sound) {
        try (SampleStream stream = files.open(sound, 16_000)) {
            return String.valueOf(stream.readFully(new float[100_000], 100_000));
        } catch (AtelierException e) {
            return e.getMessage();
        }
    }
}
