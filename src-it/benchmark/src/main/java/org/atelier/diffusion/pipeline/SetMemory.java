package org.atelier.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.lang.annotation.Annotation;
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
import org.atelier.samplers.EulerOptions;
import org.atelier.samplers.EulerSampler;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * Compares the peak memory of a set of 60 images with that of 6, each generated in its own process with the bundled
 * model.
 */
public final class SetMemory {

    /** Shared attention without AdaIN. */
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

    /** @param arguments number of images in a generating process; none in the comparing process */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0] != null && !arguments[0].isEmpty()) {
            System.out.println(generated(Integer.parseInt(arguments[0])));
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

    private static double peakOf(int images) throws IOException, InterruptedException {
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
        command.add(String.valueOf(images));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The set of " + images + " was not generated");
        }
        return Double.parseDouble(output);
    }

    /** The default options of the sampler. */
    private record ModelSchedule(String spacing, String sigmas) implements EulerOptions {

        @Override
        public Class<? extends Annotation> annotationType() {
            return EulerOptions.class;
        }
    }

    /** Generates and decodes a set; returns the peak in GiB. */
    private static double generated(int images) throws IOException {
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(Collections.nCopies(images, "a house, watercolor"), 1, 128, 128),
                null,
                new EulerSampler(new ModelSchedule("model", "model")),
                4,
                5,
                4,
                StyleWindow.ALL_STEPS,
                null);
        ModelConfiguration model =
                ModelConfiguration.of(ModelFolder.open(Path.of(System.getProperty("atelier.sketchbook"))));
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                Pipeline pipeline = Pipeline.load(model, Precision.FLOAT32, kernels, component -> {});
                GeneratedLatents generated = pipeline.generate(generation, SHARED, new GenerationListener() {})) {
            for (int image = 0; image < generated.count(); image++) {
                generated.image(image);
            }
            return ResidentMemory.peak();
        }
    }
}
