package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.inversion.DdimInversion;
import org.atelier.diffusion.inversion.InversionScheme;
import org.atelier.diffusion.inversion.InvertedReferences;
import org.atelier.diffusion.prediction.InputChannels;
import org.atelier.diffusion.sampling.CancellationCheck;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.ReferenceInversion;
import org.atelier.diffusion.sampling.StackedLatents;

/** Inverts the references of a set by DDIM one after another, with progress, checks and checkpoints after each step. */
final class ReferenceInverter {

    private final LoadedNetworks networks;
    private final InputChannels channels;
    private final ImageDecoder decoder;
    private final Checkpoint checkpoint;
    private final GenerationListener listener;
    private final NDManager manager;

    /**
     * @param channels additional channels of the UNet's input
     * @param decoder decodes the latents of a step for the listener
     * @param checkpoint an inversion resumes from its last state
     * @param manager owns the latents of all steps
     */
    ReferenceInverter(
            LoadedNetworks networks,
            InputChannels channels,
            ImageDecoder decoder,
            Checkpoint checkpoint,
            GenerationListener listener,
            NDManager manager) {
        this.networks = networks;
        this.channels = channels;
        this.decoder = decoder;
        this.checkpoint = checkpoint;
        this.listener = listener;
        this.manager = manager;
    }

    /**
     * Inverts references.
     *
     * @param unconditional conditioning of the unconditional half
     */
    InvertedReferences invert(
            List<ConditionedReference> references,
            ReferenceInversion.Ddim ddim,
            InversionScheme scheme,
            Conditioning unconditional) {
        DdimInversion inversion = new DdimInversion(
                networks.predictor(ddim.cfgScale(), channels),
                networks.plainAttention(),
                networks.model().schedule(),
                ddim.steps(),
                scheme);
        Guidance guidance = new Guidance(networks.cfgScale(ddim.cfgScale()), unconditional);
        FiniteCheck finite = networks.finiteCheck(ddim.cfgScale(), "--inversion-cfg");
        int total = references.size() * ddim.steps();
        List<InvertedReferences.Inverted> inverted = new ArrayList<>();
        for (ConditionedReference reference : references) {
            int index = inverted.size();
            int before = index * ddim.steps();
            List<NDArray> initial = inversion.begin(reference.clean(), checkpoint.lastInversion(index), manager);
            if (initial.size() > 1) {
                listener.inversionAdvanced(before + initial.size() - 1, total);
            }
            List<NDArray> latents =
                    inversion.invert(initial, reference.conditioning(), guidance, manager, latentsSoFar -> {
                        int done = latentsSoFar.size() - 1;
                        finite.requireInversion(latentsSoFar.get(0), index, done, ddim.steps());
                        checkpoint.inversionStepCompleted(
                                index, done, ddim.steps(), () -> StackedLatents.of(latentsSoFar));
                        listener.inversionAdvanced(before + done, total);
                        listener.inverted(index, done, ddim.steps(), () -> decoder.preview(latentsSoFar.get(0)));
                        CancellationCheck.throwIf(listener, "while its references were inverted");
                    });
            inverted.add(reference.inverted(latents));
        }
        return new InvertedReferences(inverted, inversion.timesteps(), ddim.offset(), scheme);
    }
}
