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
import java.util.Collections;
import java.util.List;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.attention.ImagePass;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.PassAttentionMaps;
import org.atelier.diffusion.attention.RecordedReferences;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.attention.ReferenceInput;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.attention.SetAttentionMaps;
import org.atelier.diffusion.attention.SharedAttentionProcessor;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.UNet;
import org.atelier.models.family.ModelFamilies;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.ModelSource;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** The tiny random model of the reference fixtures, with the manager of its tensors. */
public final class TinyModel implements AutoCloseable {

    public static final ModelFamily FAMILY = ModelFamilies.named("sdxl");

    public final TorchKernels kernels = TorchKernels.load(Device.cpu());
    public final NDManager manager = kernels.newManager();
    public final ModelSource folder;
    public final ModelConfiguration configuration;

    public TinyModel() {
        this(ReferenceTensors.folder().resolve("tiny-sdxl"));
    }

    public TinyModel(Path path) {
        this.folder = ModelFolder.open(path);
        this.configuration = ModelConfiguration.of(folder);
    }

    public static TinyModel sketchbook() {
        return new TinyModel(Path.of(System.getProperty("atelier.sketchbook")));
    }

    public Weights weights(String component) {
        return folder.weights(component, kernels, Precision.FLOAT32, manager);
    }

    public UNet unet() {
        return networks().unet(Precision.FLOAT32);
    }

    /** The caller closes it. */
    public PromptEncoder promptEncoder(Precision precision) {
        return networks().promptEncoder(precision);
    }

    public Autoencoder autoencoder() {
        return networks().autoencoder();
    }

    private NetworkLoader networks() {
        return new NetworkLoader(configuration, kernels, manager);
    }

    public Pipeline pipeline() {
        return Pipeline.load(configuration, Precision.FLOAT32, kernels, loaded -> {});
    }

    public ReferenceTensors reference(String name) throws IOException {
        return ReferenceTensors.read(manager, name);
    }

    public static JsonObject json(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(ReferenceTensors.folder().resolve(name + ".json"))) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    /** The attention processor of some images at the first step, with guidance and without observed words. */
    public SharedAttentionProcessor pass(
            LayerAttentions attentions, ReferenceFeatureRecorder reference, Integer... images) {
        ImagePass pass = new ImagePass(new DenoisingStep(0, 1, 601, 1), List.of(images), GuidanceHalves.TWO);
        List<String> prompts = Collections.nCopies(images.length, "a house");
        PassAttentionMaps maps = new SetAttentionMaps((prompt, word) -> List.of(), manager)
                .forPass(attentions, pass.images(), prompts, manager);
        RecordedReferences recorded =
                reference == null ? RecordedReferences.NONE : new RecordedReferences(List.of(reference));
        return new SharedAttentionProcessor(attentions, pass, recorded, maps);
    }

    /** A recorder for one style reference of all images, with guidance and without observed words. */
    public ReferenceFeatureRecorder recorder(LayerAttentions consumer, NDManager recordManager) {
        return new ReferenceFeatureRecorder(
                List.of(consumer),
                AttentionProcessor.plain(kernels),
                GuidanceHalves.TWO,
                List.of(new ReferenceInput("a house", ReferenceUse.style(1))),
                (prompt, word) -> List.of(),
                recordManager);
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
