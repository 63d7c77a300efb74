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

/** Resolves the controls of a request: their images, preprocessors and ControlNets. */
public final class ControlResolver {

    private static final List<String> WORDS = List.of("own", "negative");
    private static final double LARGEST_SCALE = 10;

    private final PluginRegistry<ControlPreprocessor> preprocessors;
    private final ControlNetworks networks;

    public ControlResolver(PluginRegistry<ControlPreprocessor> preprocessors, ControlNetworks networks) {
        this.preprocessors = preprocessors;
        this.networks = networks;
    }

    /**
     * Resolves controls, and checks what can be checked without decoding an image.
     *
     * @param model that generates; empty where it has a fault itself
     * @param resources read the images and hold the opened ControlNets
     */
    void resolve(
            SetRequest request,
            SetRequestBuilder resolved,
            Optional<ModelConfiguration> model,
            SetResources resources,
            Faults faults) {
        faults.require(
                WORDS.contains(request.controls().rules().promptSource()),
                "There are no control-words '%s'; known are %s."
                        .formatted(request.controls().rules().promptSource(), String.join(", ", WORDS)));
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

    /** @param names of the networks that were looked for already, by what was asked; each has its faults once */
    private ControlInput resolve(
            ControlInput control,
            Optional<ModelConfiguration> model,
            Map<String, String> names,
            SetResources resources,
            Faults faults) {
        checkNumbers(control, faults);
        Map<String, Object> options = preprocessors.resolve(control.kind(), control.options(), faults);
        boolean known = preprocessors.names().contains(control.kind());
        Path file = InputPath.of(control.file());
        String name = known && model.isPresent()
                ? names.computeIfAbsent(
                        control.kind() + " " + control.model(),
                        asked -> network(control, model.get(), resources, faults))
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

    /** Its name; empty where it has a fault. */
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
                "It acts from a fraction of the steps to a larger one, both from 0 to 1, not from %s to %s."
                        .formatted(control.start(), control.end()));
    }

    /**
     * Leases the preprocessors of a resolved request, so that they stay the same until the images are prepared.
     *
     * @throws AtelierException if one is gone or does not start
     */
    static void leasePreprocessors(SetRequest resolved, SetResources resources) {
        resolved.controls()
                .images()
                .forEach(control -> resources.preprocessors().lease(control.kind(), control.options()));
    }

    /** What the ControlNets of a resolved request weigh at most, each counted once, in bytes. */
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
