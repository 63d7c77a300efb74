package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.text.ClipTextModel;
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.UNet;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.source.Weights;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** Loads the networks of a model, each from the tensors of its component. */
final class NetworkLoader {

    private final ModelConfiguration model;
    private final TorchKernels kernels;
    private final NDManager manager;

    /** @param manager owns the weights of every network */
    NetworkLoader(ModelConfiguration model, TorchKernels kernels, NDManager manager) {
        this.model = model;
        this.kernels = kernels;
        this.manager = manager;
    }

    /**
     * Loads all networks.
     *
     * @param precision of the UNet and the text encoders; the autoencoder computes in float32
     * @param loaded receives the name of each component once it is loaded
     * @return the caller closes it
     */
    LoadedNetworks load(Precision precision, Consumer<String> loaded) {
        UNet unet = unet(precision);
        loaded.accept("UNet");
        Autoencoder autoencoder = autoencoder();
        loaded.accept("autoencoder");
        // Last, since it owns tokenizers, which would leak if another network failed to load.
        PromptEncoder promptEncoder = promptEncoder(precision);
        loaded.accept("text encoders");
        return new LoadedNetworks(model, unet, autoencoder, promptEncoder, precision, kernels);
    }

    UNet unet(Precision precision) {
        return new UNet(weights(ModelComponent.UNET, precision), model.unet(), precision, kernels);
    }

    /** Loads it in float32, since half precision overflows in published autoencoders. */
    Autoencoder autoencoder() {
        return new Autoencoder(weights(ModelComponent.VAE, Precision.FLOAT32), model.autoencoder(), kernels);
    }

    /** @return the caller closes it */
    PromptEncoder promptEncoder(Precision precision) {
        List<TextEncoding> encodings = model.text().encodings();
        List<ClipTextModel> textModels = encodings.stream()
                .map(encoding -> textModel(encoding, precision))
                .toList();
        // Last, since the manager does not own them: they would leak if a text model failed to load.
        List<PromptTokenizer> tokenizers = tokenizers(encodings);
        return new PromptEncoder(
                IntStream.range(0, encodings.size())
                        .mapToObj(i -> new PromptEncoder.Member(tokenizers.get(i), textModels.get(i)))
                        .toList(),
                model.family().timeIds());
    }

    private ClipTextModel textModel(TextEncoding encoding, Precision precision) {
        String component = encoding.textModel();
        return new ClipTextModel(
                weights(component, precision), model.textModels().get(component), encoding, kernels);
    }

    private Weights weights(String component, Precision precision) {
        return model.source().weights(component, kernels, precision, manager);
    }

    /** Opens all tokenizers; closes those already opened if one fails. */
    private List<PromptTokenizer> tokenizers(List<TextEncoding> encodings) {
        List<PromptTokenizer> opened = new ArrayList<>();
        try {
            encodings.forEach(encoding -> opened.add(model.source().tokenizer(encoding.tokenizer())));
            return opened;
        } catch (RuntimeException e) {
            opened.forEach(PromptTokenizer::close);
            throw e;
        }
    }
}
