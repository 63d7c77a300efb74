package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.awt.image.BufferedImage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.set.ControlPicture;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.pictures.SourcePicture;
import org.atelier.plugins.PluginLease;
import org.atelier.plugins.PluginRegistry;
import org.atelier.plugins.UsedPlugin;

/** A set's controls: checked all of them, then made of their pictures what their ControlNets see. */
public final class SetControls {

    private static final List<String> WORDS = List.of("own", "negative");
    private static final double LARGEST_SCALE = 10;
    private static final long MOST_PIXELS = 64_000_000;

    private final PluginRegistry<ControlPreprocessor> preprocessors;
    private final ControlNetworks networks;

    public SetControls(PluginRegistry<ControlPreprocessor> preprocessors, ControlNetworks networks) {
        this.preprocessors = preprocessors;
        this.networks = networks;
    }

    /**
     * Settles controls, and checks what can be checked without decoding a picture.
     *
     * @param model that draws; empty where it is at fault itself
     */
    void settle(SetRequest request, SetRequestBuilder settled, Optional<ModelConfiguration> model, Faults faults) {
        faults.unless(
                WORDS.contains(request.controls().rules().words()),
                "There are no control-words '%s'; known are %s."
                        .formatted(request.controls().rules().words(), String.join(", ", WORDS)));
        ControlTargets.check(request, faults);
        Map<String, String> names = new HashMap<>();
        List<ControlPicture> controls = new ArrayList<>();
        for (ControlPicture control : request.controls().images()) {
            Faults own = new Faults();
            controls.add(settle(control, model, names, own));
            faults.addAll("Control %s=%s".formatted(control.kind(), name(control)), own);
        }
        settled.controls(controls);
    }

    /** @param names of the networks that were looked for already, by what was asked; each is at fault once */
    private ControlPicture settle(
            ControlPicture control, Optional<ModelConfiguration> model, Map<String, String> names, Faults faults) {
        checkNumbers(control, faults);
        Map<String, Object> options = preprocessors.resolve(control.kind(), control.options(), faults);
        boolean known = preprocessors.names().contains(control.kind());
        Path file = path(control);
        String name = known && model.isPresent()
                ? names.computeIfAbsent(
                        control.kind() + " " + control.model(), asked -> network(control, model.get(), faults))
                : "";
        return new ControlPicture(
                control.kind(),
                file.toString(),
                VerifiedImage.sha256(file, control.sha256(), "--control", faults),
                options,
                name.isEmpty() ? control.model() : name,
                control.scale(),
                control.start(),
                control.end());
    }

    /** Its name; empty where it is at fault. */
    private String network(ControlPicture control, ModelConfiguration model, Faults faults) {
        try {
            return networks.find(control.kind(), control.model(), model).name();
        } catch (AtelierException e) {
            faults.add(e);
            return "";
        }
    }

    private static Path path(ControlPicture control) {
        try {
            return Path.of(control.file()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new AtelierException(INVALID_REQUEST, "'" + control.file() + "' is no name of a file.", e);
        }
    }

    private static void checkNumbers(ControlPicture control, Faults faults) {
        faults.unless(
                control.scale() >= 0 && control.scale() <= LARGEST_SCALE,
                "The control-scale must be from 0 to %.0f, not %s.".formatted(LARGEST_SCALE, control.scale()));
        faults.unless(
                control.start() >= 0 && control.start() < control.end() && control.end() <= 1,
                "It acts from a fraction of the steps to a larger one, both from 0 to 1, not from %s to %s."
                        .formatted(control.start(), control.end()));
    }

    /** What the ControlNets of a settled request weigh at most, each counted once, in bytes. */
    long bytes(SetRequest request, ModelConfiguration model) {
        return request.controls().images().stream()
                .map(control -> networks.find(control.kind(), control.model(), model))
                .map(network -> network.folder().path())
                .distinct()
                .mapToLong(ControlNetworks::bytes)
                .sum();
    }

    /**
     * Makes the control pictures of a set, in every size that is drawn.
     *
     * @param listener says when to stop
     */
    public ResolvedSet prepare(ResolvedSet settled, SetListener listener) {
        SetRequest request = settled.request();
        List<PreparedControl> prepared = new ArrayList<>();
        for (int number = 0; number < request.controls().images().size(); number++) {
            if (listener.cancelled()) {
                throw new AtelierException(CANCELLED, "Cancelled before anything was drawn.");
            }
            ControlPicture control = request.controls().images().get(number);
            ControlNetFolder network = networks.find(control.kind(), control.model(), settled.model())
                    .folder();
            prepared.add(prepare(control, network, ControlTargets.of(request, number), request));
        }
        return settled.drawnWith(new PreparedControls(prepared));
    }

    private PreparedControl prepare(
            ControlPicture control, ControlNetFolder network, List<Integer> items, SetRequest request) {
        BufferedImage source = SourcePicture.open(Path.of(control.file())).upright();
        // One picture serves all that are drawn in its size.
        Map<List<Integer>, BufferedImage> bySize = new HashMap<>();
        Map<Integer, BufferedImage> pictures = new LinkedHashMap<>();
        try (PluginLease<ControlPreprocessor> lease = preprocessors.lease(control.kind(), control.options())) {
            for (int index : items) {
                SetItem item = request.itemOf(request.firstDrawn() + index);
                pictures.put(index, bySize.computeIfAbsent(List.of(item.width(), item.height()), size -> lease.plugin()
                        .prepare(source, size.get(0), size.get(1))));
            }
            return new PreparedControl(control, network, pictures, UsedPlugin.of(lease.offered()));
        }
    }

    /**
     * What a ControlNet would see of a picture.
     *
     * @param width {@code null} for the picture's own
     * @param height {@code null} for the picture's own
     */
    public BufferedImage preprocess(ControlPicture control, Integer width, Integer height) {
        Faults faults = new Faults();
        Map<String, Object> options = preprocessors.resolve(control.kind(), control.options(), faults);
        Path file = path(control);
        VerifiedImage.sha256(file, control.sha256(), "--control", faults);
        faults.throwIfAny();
        BufferedImage source = SourcePicture.open(file).upright();
        int across = width == null ? source.getWidth() : width;
        int down = height == null ? source.getHeight() : height;
        faults.unless(
                across >= 1 && down >= 1 && (long) across * down <= MOST_PIXELS,
                "The size must be at least 1x1 and at most %d megapixels, not %dx%d."
                        .formatted(MOST_PIXELS / 1_000_000, across, down));
        faults.throwIfAny();
        try (PluginLease<ControlPreprocessor> lease = preprocessors.lease(control.kind(), options)) {
            return lease.plugin().prepare(source, across, down);
        }
    }

    private static String name(ControlPicture control) {
        return String.valueOf(path(control).getFileName());
    }
}
