package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.plugins.PluginRegistry;
import org.atelier.studio.input.InputPath;
import org.atelier.studio.input.VerifiedImage;

/** Resolves the controls of a request: their images, preprocessors and ControlNets. */
public final class ControlResolver {

    private static final List<String> PROMPTS = List.of("own", "negative");
    private static final double LARGEST_SCALE = 10;

    private final PluginRegistry<ControlPreprocessor> preprocessors;
    private final ControlNetworks networks;

    public ControlResolver(PluginRegistry<ControlPreprocessor> preprocessors, ControlNetworks networks) {
        this.preprocessors = preprocessors;
        this.networks = networks;
    }

    /**
     * Resolves controls, and checks everything that does not require decoding an image.
     *
     * @param model the model that generates; empty if it has a fault
     * @param resources reads the images and holds the opened ControlNets
     */
    void resolve(
            SetRequest request,
            SetRequestBuilder resolved,
            Optional<ModelConfiguration> model,
            SetResources resources,
            Faults faults) {
        faults.require(
                PROMPTS.contains(request.controls().rules().promptSource()),
                "There is no control prompt '%s'; available: %s."
                        .formatted(request.controls().rules().promptSource(), String.join(", ", PROMPTS)));
        ControlTargets.check(request, faults);
        Map<String, String> names = new HashMap<>();
        List<ControlInput> controls = new ArrayList<>();
        for (ControlInput control : request.controls().images()) {
            Faults own = new Faults();
            controls.add(resolve(control, model, names, resources, own));
            faults.addAll("Control %s=%s".formatted(control.kind(), name(control)), own);
        }
        resolved.controls(controls);
    }

    /** @param names the names of networks that were already looked up, by key, so that each reports its faults once */
    private ControlInput resolve(
            ControlInput control,
            Optional<ModelConfiguration> model,
            Map<String, String> names,
            SetResources resources,
            Faults faults) {
        checkNumbers(control, faults);
        Map<String, Object> options =
                preprocessors.resolve(control.kind(), control.options(), resources.pluginModels(), faults);
        boolean known = preprocessors.names().contains(control.kind());
        Path file = InputPath.of(control.file());
        String name = known && model.isPresent()
                ? names.computeIfAbsent(
                        control.kind() + " " + control.model(), key -> network(control, model.get(), resources, faults))
                : "";
        return new ControlInput(
                control.kind(),
                file.toString(),
                VerifiedImage.sha256(file, control.sha256(), "--control", resources.inputs(), faults),
                options,
                name.isEmpty() ? control.model() : name,
                control.scale(),
                control.start(),
                control.end());
    }

    /** Returns the name of the ControlNet; empty if it has a fault. */
    private String network(ControlInput control, ModelConfiguration model, SetResources resources, Faults faults) {
        try {
            ControlNetworks.Network network = networks.find(control.kind(), control.model(), model);
            resources.networks().put(network.name(), network);
            return network.name();
        } catch (AtelierException e) {
            faults.add(e);
            return "";
        }
    }

    private static void checkNumbers(ControlInput control, Faults faults) {
        faults.require(
                control.scale() >= 0 && control.scale() <= LARGEST_SCALE,
                "The control-scale must be from 0 to %.0f, not %s.".formatted(LARGEST_SCALE, control.scale()));
        faults.require(
                control.start() >= 0 && control.start() < control.end() && control.end() <= 1,
                "The control range must go from a fraction of the steps to a larger one, both from 0 to 1, not from %s to %s."
                        .formatted(control.start(), control.end()));
    }

    /**
     * Leases the preprocessors of a resolved request, so that they do not change until the images are preprocessed.
     *
     * @throws AtelierException if a preprocessor is not available any more or does not start
     */
    static void leasePreprocessors(SetRequest resolved, SetResources resources) {
        resolved.controls()
                .images()
                .forEach(control -> resources.preprocessors().lease(control.kind(), control.options()));
    }

    /** Returns the maximum size of the ControlNets of a resolved request, each counted once, in bytes. */
    static long bytes(SetResources resources) {
        return resources.networks().values().stream()
                .map(network -> network.folder().path())
                .distinct()
                .mapToLong(ControlNetworks::bytes)
                .sum();
    }

    private static String name(ControlInput control) {
        return String.valueOf(InputPath.of(control.file()).getFileName());
    }
}
