package org.atelier.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.sampling.ImagePass;
import org.atelier.diffusion.text.ClipTextModel;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.UNet;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** The tiny random model that the reference fixtures were made with, and where its tensors live. */
public final class TinyModel implements AutoCloseable {

    public final TorchKernels kernels = TorchKernels.load(Device.cpu());
    public final NDManager manager = kernels.newManager();
    public final ModelFolder folder;

    public TinyModel() {
        this(ReferenceTensors.folder().resolve("tiny-sdxl"));
    }

    public TinyModel(Path path) {
        this.folder = ModelFolder.open(path);
    }

    public static TinyModel sketchbook() {
        return new TinyModel(Path.of(System.getProperty("atelier.sketchbook")));
    }

    public Weights weights(String component) {
        return folder.weights(component, kernels, Precision.FLOAT32, manager);
    }

    public UNet unet() {
        return new UNet(weights("unet"), UNetSettings.from(folder.settings("unet")), Precision.FLOAT32, kernels);
    }

    public ClipTextModel text(String component, boolean projects) {
        return new ClipTextModel(
                weights(component), ClipTextSettings.from(folder.settings(component)), projects, kernels);
    }

    public Autoencoder autoencoder() {
        return new Autoencoder(weights("vae"), AutoencoderSettings.from(folder.settings("vae")), kernels);
    }

    public Pipeline pipeline() {
        return Pipeline.load(folder, Precision.FLOAT32, kernels, loaded -> {});
    }

    public ReferenceTensors reference(String name) throws IOException {
        return ReferenceTensors.read(manager, name);
    }

    public static JsonObject json(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(ReferenceTensors.folder().resolve(name + ".json"))) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    /** A pass of some images of a set with guidance, at its first step. */
    public static ImagePass pass(Integer... images) {
        return new ImagePass(new DenoisingStep(0, 1, 601, 1), List.of(images), GuidanceHalves.TWO);
    }

    /** The largest difference of two arrays. */
    public static double distance(NDArray a, NDArray b) {
        if (!a.getShape().equals(b.getShape())) {
            throw new AssertionError(a.getShape() + " is not " + b.getShape());
        }
        return a.sub(b).abs().max().getFloat();
    }

    @Override
    public void close() {
        manager.close();
        kernels.close();
    }
}
