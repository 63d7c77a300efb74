package org.atelier.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.models.source.ModelFolder;
import org.atelier.samplers.EulerSampler;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** What memory a set of 60 takes beside a set of 6: each is drawn by a process of its own, with the embedded model. */
public final class SetMemory {

    /** A picture attends to itself and to the reference, without AdaIN: what a strategy keeps of the reference is all. */
    private static final AttentionStrategy SHARED =
            layer -> layer.kind() == Kind.SELF ? SetMemory::shared : Attention.plain();

    private SetMemory() {}

    private static NDArray shared(AttentionCall call) {
        Heads own = call.own();
        Heads reference = call.references().get(0).heads();
        return call.kernels()
                .attend(
                        own.query(),
                        List.of(Part.of(own.key(), own.value()), Part.of(reference.key(), reference.value())));
    }

    /** @param arguments the number of pictures, for a process that draws; none for the one that compares */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0] != null && !arguments[0].isEmpty()) {
            System.out.println(drawn(Integer.parseInt(arguments[0])));
            return;
        }
        double small = peakOf(6);
        double large = peakOf(60);
        System.out.println(String.format(
                Locale.ROOT,
                "peak of a set of 6: %.3f GiB; of a set of 60: %.3f GiB; ratio %.3f",
                small,
                large,
                large / small));
    }

    private static double peakOf(int pictures) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        for (String name : List.of(
                "ai.djl.offline", "ai.djl.default_engine", "OPT_OUT_TRACKING", "RUST_FLAVOR", "DJL_CACHE_DIR")) {
            command.add("-D" + name + "=" + System.getProperty(name));
        }
        command.add("-Datelier.sketchbook=" + System.getProperty("atelier.sketchbook"));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SetMemory.class.getName()));
        command.add(String.valueOf(pictures));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The set of " + pictures + " was not drawn");
        }
        return Double.parseDouble(answer);
    }

    /** Draws and decodes a set, and gives the peak in GiB. */
    private static double drawn(int pictures) throws IOException {
        GenerationSpec drawing = new GenerationSpec(
                ImageSpec.each(Collections.nCopies(pictures, "a house, watercolor"), 1, 128, 128),
                null,
                new EulerSampler(),
                4,
                5,
                4,
                StyleWindow.WHOLE,
                null);
        ModelConfiguration model =
                ModelConfiguration.of(ModelFolder.open(Path.of(System.getProperty("atelier.sketchbook"))));
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                Pipeline pipeline = Pipeline.load(model, Precision.FLOAT32, kernels, component -> {});
                GeneratedLatents drawn = pipeline.draw(drawing, SHARED, new GenerationListener() {})) {
            for (int picture = 0; picture < drawn.count(); picture++) {
                drawn.picture(picture);
            }
            return ResidentMemory.peak();
        }
    }
}
