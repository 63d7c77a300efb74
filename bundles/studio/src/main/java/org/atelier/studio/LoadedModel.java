package org.atelier.studio;

import org.atelier.api.model.ModelOptions;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * The networks of a model on a device.
 *
 * @param identity of the networks
 */
record LoadedModel(Identity identity, TorchKernels kernels, Pipeline pipeline) implements AutoCloseable {

    /**
     * What the networks of a set depend on: sets of which it is equal have the same networks.
     *
     * @param model as the resolved request names it
     * @param options what the set changes of the model
     * @param fingerprint of the files
     * @param device as the resolved request names it
     */
    record Identity(String model, ModelOptions options, String fingerprint, Precision precision, String device) {}

    @Override
    public void close() {
        pipeline.close();
        kernels.close();
    }
}
