package org.atelier.studio;

import ai.djl.Device;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.tensor.TorchKernels;

/**
 * Loads the networks of sets. On request, those of the last set stay loaded for the next one with the same model. Thread-safe;
 * networks in use belong to the thread that took them.
 */
final class KeptNetworks {

    private boolean keeps;
    private LoadedModel idle;

    /** Lets networks stay loaded from now on. */
    synchronized void keep() {
        keeps = true;
    }

    /** Closes networks that are not in use, and lets none stay loaded from now on. */
    synchronized void release() {
        keeps = false;
        closeIdle();
    }

    /**
     * Returns the networks of a set: those of the last set if they are the same, else it loads them, after the others are
     * closed. The caller gives them back, or closes them if they failed.
     *
     * @param loaded called for each component of the model
     */
    LoadedModel take(OpenedSet set, Runnable loaded) {
        LoadedModel.Identity identity = identity(set);
        LoadedModel kept = takeIdle(identity);
        if (kept != null) {
            for (int i = 0; i < Pipeline.COMPONENTS; i++) {
                loaded.run();
            }
            return kept;
        }
        TorchKernels kernels = TorchKernels.load(device(identity.device()));
        try {
            return new LoadedModel(
                    identity,
                    kernels,
                    Pipeline.load(set.model(), identity.precision(), kernels, component -> loaded.run()));
        } catch (RuntimeException | Error e) {
            kernels.close();
            throw e;
        }
    }

    private synchronized LoadedModel takeIdle(LoadedModel.Identity identity) {
        if (idle != null && idle.identity().equals(identity)) {
            LoadedModel kept = idle;
            idle = null;
            return kept;
        }
        closeIdle();
        return null;
    }

    /** Keeps networks that worked, or closes them. */
    synchronized void giveBack(LoadedModel model) {
        closeIdle();
        if (keeps) {
            idle = model;
        } else {
            model.close();
        }
    }

    private void closeIdle() {
        if (idle != null) {
            idle.close();
            idle = null;
        }
    }

    private static LoadedModel.Identity identity(OpenedSet set) {
        SetRequest request = set.request();
        return new LoadedModel.Identity(
                request.model(),
                request.modelOptions(),
                set.fingerprint(),
                set.precision(),
                request.execution().device());
    }

    private static Device device(String name) {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }
}
