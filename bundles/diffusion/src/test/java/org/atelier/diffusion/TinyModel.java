package org.atelier.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.models.ModelFolder;
import org.atelier.models.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** The tiny random model that the reference fixtures were made with, and where its tensors live. */
final class TinyModel implements AutoCloseable {

    final TorchKernels kernels = TorchKernels.load(Device.cpu());
    final NDManager manager = kernels.newManager();
    final ModelFolder folder;

    TinyModel() {
        this(ReferenceTensors.folder().resolve("tiny-sdxl"));
    }

    TinyModel(Path path) {
        this.folder = ModelFolder.open(path);
    }

    static TinyModel sketchbook() {
        return new TinyModel(Path.of(System.getProperty("atelier.sketchbook")));
    }

    Weights weights(String component) {
        return folder.weights(component, kernels, Precision.FLOAT32, manager);
    }

    UNet unet() {
        return new UNet(weights("unet"), UNetSettings.from(folder.settings("unet")), Precision.FLOAT32, kernels);
    }

    ClipTextModel text(String component, boolean projects) {
        return new ClipTextModel(
                weights(component), ClipTextSettings.from(folder.settings(component)), projects, kernels);
    }

    Autoencoder autoencoder() {
        return new Autoencoder(weights("vae"), AutoencoderSettings.from(folder.settings("vae")), kernels);
    }

    Pipeline pipeline() {
        return Pipeline.load(folder, Precision.FLOAT32, kernels, loaded -> {});
    }

    ReferenceTensors reference(String name) throws IOException {
        return ReferenceTensors.read(manager, name);
    }

    static JsonObject json(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(ReferenceTensors.folder().resolve(name + ".json"))) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    /** The largest difference of two arrays. */
    static double distance(NDArray a, NDArray b) {
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
