package org.atelier.diffusion.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.text.ClipTextModel;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.diffusion.unet.ControlNetSettings;
import org.atelier.diffusion.unet.UNet;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;

/**
 * Compares every network with the headers of its files: which tensors it has, their shapes and types; checks the files
 * of the tokenizers. Builds the networks without engine and without weights.
 */
final class HeaderCheck {

    /** Between them they select every variant of the files. */
    private static final List<Precision> PRECISIONS = List.of(Precision.FLOAT32, Precision.BFLOAT16);

    private final Set<String> faults = new LinkedHashSet<>();

    private HeaderCheck() {}

    /** @throws AtelierException MODEL_INVALID with every network that does not fit its files, one per line */
    static void check(ModelConfiguration model) {
        HeaderCheck check = new HeaderCheck();
        for (Precision precision : PRECISIONS) {
            check.component(
                    model, ModelComponent.UNET, precision, weights -> new UNet(weights, model.unet(), precision, null));
            for (TextEncoding encoding : model.text().encodings()) {
                String component = encoding.textModel();
                check.component(
                        model,
                        component,
                        precision,
                        weights -> new ClipTextModel(weights, model.textModels().get(component), encoding, null));
            }
        }
        for (TextEncoding encoding : model.text().encodings()) {
            check.attempt(() -> model.source().checkTokenizer(encoding.tokenizer()));
        }
        check.component(
                model,
                ModelComponent.VAE,
                Precision.FLOAT32,
                weights -> new Autoencoder(weights, model.autoencoder(), null));
        check.throwIfAny("The model in " + model.source().path() + " cannot be used:");
    }

    /** @throws AtelierException MODEL_INVALID if the network does not fit its files */
    static void check(ControlNetFolder folder, ControlNetSettings settings) {
        HeaderCheck check = new HeaderCheck();
        for (Precision precision : PRECISIONS) {
            check.attempt(() -> new ControlNet(folder.headers(precision), settings, precision, null, null));
        }
        check.throwIfAny("The ControlNet in " + folder.path() + " cannot be used:");
    }

    private void component(ModelConfiguration model, String component, Precision precision, Consumer<Weights> network) {
        Weights headers = model.source().headers(component, precision);
        attempt(() -> network.accept(headers));
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (AtelierException e) {
            faults.add(e.getMessage());
        }
    }

    private void throwIfAny(String headline) {
        if (!faults.isEmpty()) {
            throw ModelFaults.listing(headline, new ArrayList<>(faults));
        }
    }
}
