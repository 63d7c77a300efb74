package org.atelier.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.attention.ImagePass;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.PassAttentionMaps;
import org.atelier.diffusion.attention.SetAttentionMaps;
import org.atelier.diffusion.attention.SharedAttentionProcessor;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.unet.AdditionalEmbeddingSettings;
import org.atelier.diffusion.unet.UNet;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.family.ModelFamilies;
import org.atelier.models.json.Settings;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * Measures one call of a full-size SDXL UNet: a 1024 x 1024 image with both halves of guidance, random weights and the
 * published configuration. Also measures an upper bound of the overhead, see {@link #overhead}.
 */
public final class FullSizeUNet {

    private static final AttentionStrategy UNALIGNED = layer -> Attention.plain();

    /** The layers of SDXL with few channels. */
    private static final UNetSettings NARROW = new UNetSettings(
            4,
            4,
            List.of(32, 64, 128),
            List.of(false, true, true),
            List.of(1, 2, 10),
            List.of(List.of(10, 10, 10), List.of(2, 2, 2), List.of(1, 1, 1)),
            List.of(1, 2, 4),
            2,
            64,
            32,
            1e-5,
            Optional.of(new AdditionalEmbeddingSettings(32, 6, 8)),
            true,
            0,
            8,
            0);

    private FullSizeUNet() {}

    /** @param arguments the precision: bfloat16 unless given */
    public static void main(String[] arguments) throws IOException {
        Precision precision = arguments.length == 0 || arguments[0] == null || arguments[0].isEmpty()
                ? Precision.BFLOAT16
                : Precision.named(arguments[0]).orElseThrow();
        Path configuration = Path.of(System.getProperty("atelier.fixtures")).resolve("sdxl-base-1.0-unet-config.json");
        UNetSettings sdxl = UNetSettings.from(Settings.read(configuration), ModelFamilies.named("sdxl"));
        try (TorchKernels kernels = TorchKernels.load(Device.cpu())) {
            double overhead = overhead(kernels);
            print("SDXL's UNet, narrow, on an image of 8 x 8 latents: %.3f s a call", overhead);
            try (NDManager manager = kernels.newManager()) {
                long start = System.nanoTime();
                RandomWeights weights = new RandomWeights(precision, manager, kernels);
                UNet unet = new UNet(weights, sdxl, precision, kernels);
                print(
                        "%d tensors of %.2f billion numbers in %s: %.1f s, peak %.2f GiB",
                        weights.tensors(),
                        weights.numbers() / 1e9,
                        precision.label(),
                        seconds(start),
                        ResidentMemory.peak());
                double call = call(unet, sdxl, manager, kernels);
                print("first call at 1024 x 1024, both halves: %.1f s, peak %.2f GiB", call, ResidentMemory.peak());
                call = call(unet, sdxl, manager, kernels);
                print("second call: %.1f s, peak %.2f GiB", call, ResidentMemory.peak());
                print("overhead: at most %.2f %%", 100 * overhead / call);
            }
        }
    }

    /**
     * Upper bound of the seconds of a call that are not computation. The cost of Java, JNI, the TorchScript interpreter
     * and the libtorch dispatch does not depend on tensor size, so it is measured with the same operators on a network
     * a tenth as wide and 8 x 8 latents. The remaining computation counts as overhead, as does the libtorch dispatch,
     * which Python has too.
     */
    private static double overhead(TorchKernels kernels) {
        try (NDManager manager = kernels.newManager()) {
            UNet unet = new UNet(
                    new RandomWeights(Precision.FLOAT32, manager, kernels), NARROW, Precision.FLOAT32, kernels);
            double fastest = Double.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                fastest = Math.min(fastest, call(unet, NARROW, manager, kernels));
            }
            return fastest;
        }
    }

    private static double call(UNet unet, UNetSettings settings, NDManager manager, TorchKernels kernels) {
        int side = settings.sampleSize();
        try (NDManager inputs = manager.newSubManager()) {
            NDArray latents = kernels.noise(inputs, 1, 2, settings.inChannels(), side, side);
            AdditionalEmbeddingSettings additional =
                    settings.additionalEmbedding().orElseThrow();
            Conditioning condition = new Conditioning(
                    kernels.noise(inputs, 2, 2, 77, settings.textChannels()),
                    kernels.noise(inputs, 3, 2, additional.pooledTextChannels()),
                    kernels.noise(inputs, 4, 2, additional.timeIds()));
            LayerAttentions attentions = LayerAttentions.of(UNALIGNED, unet.attentionLayers(side, side), kernels);
            ImagePass image = new ImagePass(new DenoisingStep(0, 1, 500, 1), List.of(0), GuidanceHalves.TWO);
            PassAttentionMaps maps = new SetAttentionMaps((prompt, word) -> List.of(), inputs)
                    .forPass(attentions, image.images(), List.of(""), inputs);
            SharedAttentionProcessor pass = new SharedAttentionProcessor(attentions, image, null, maps);
            long start = System.nanoTime();
            NDArray noise = unet.forward(latents, 500, condition, pass);
            double seconds = seconds(start);
            if (!Float.isFinite(noise.abs().sum().getFloat())) {
                throw new IllegalStateException("The prediction is not finite");
            }
            return seconds;
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
