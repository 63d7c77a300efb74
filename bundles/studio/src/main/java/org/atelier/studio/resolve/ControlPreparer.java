package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.CANCELLED;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.plugins.PluginLease;
import org.atelier.plugins.PluginRegistry;
import org.atelier.plugins.UsedPlugin;
import org.atelier.studio.input.InputPath;
import org.atelier.studio.input.VerifiedImage;

/** Preprocesses control images for their ControlNets. */
public final class ControlPreparer {

    private static final long MAX_PIXELS = 64_000_000;

    private final PluginRegistry<ControlPreprocessor> preprocessors;

    public ControlPreparer(PluginRegistry<ControlPreprocessor> preprocessors) {
        this.preprocessors = preprocessors;
    }

    /**
     * Preprocesses the control images of a set in every generated size, then closes the preprocessors, so that their models do
     * not occupy memory while the networks run.
     *
     * @param listener can cancel
     */
    public OpenedSet prepare(OpenedSet set, SetListener listener) {
        List<PreparedControl> prepared = new ArrayList<>();
        for (int number = 0; number < set.request().controls().images().size(); number++) {
            if (listener.cancelled()) {
                throw new AtelierException(CANCELLED, "Cancelled before anything was generated.");
            }
            prepared.add(prepare(set, number));
        }
        set.resources().preprocessors().close();
        return set.withControls(new PreparedControls(prepared));
    }

    private static PreparedControl prepare(OpenedSet set, int number) {
        SetRequest request = set.request();
        ControlInput control = request.controls().images().get(number);
        PluginLease<ControlPreprocessor> lease =
                set.resources().preprocessors().lease(control.kind(), control.options());
        BufferedImage source = set.image(control.file()).upright();
        // Images of the same size share one control image.
        Map<List<Integer>, BufferedImage> bySize = new HashMap<>();
        Map<Integer, BufferedImage> images = new LinkedHashMap<>();
        for (int index : ControlTargets.of(request, number)) {
            SetItem item = request.itemOf(request.firstGenerated() + index);
            images.put(index, bySize.computeIfAbsent(List.of(item.width(), item.height()), size -> lease.plugin()
                    .prepare(source, size.get(0), size.get(1))));
        }
        return new PreparedControl(
                control,
                set.resources().networks().get(control.model()).folder(),
                images,
                UsedPlugin.of(lease.offered()));
    }

    /**
     * Preprocesses an image that belongs to no set.
     *
     * @param width {@code null} for the width of the image
     * @param height {@code null} for the height of the image
     * @param resources leases the plugin and reads the file
     * @throws AtelierException that lists every fault, one per line
     */
    public BufferedImage prepare(ControlInput control, Integer width, Integer height, SetResources resources) {
        Faults faults = new Faults();
        Map<String, Object> options =
                preprocessors.resolve(control.kind(), control.options(), resources.pluginModels(), faults);
        Path file = InputPath.of(control.file());
        VerifiedImage.sha256(file, control.sha256(), "--control", resources.inputs(), faults);
        faults.throwIfAny();
        BufferedImage source =
                VerifiedImage.read(file, resources.inputs()).open().upright();
        int outputWidth = width == null ? source.getWidth() : width;
        int outputHeight = height == null ? source.getHeight() : height;
        faults.require(
                outputWidth >= 1 && outputHeight >= 1 && (long) outputWidth * outputHeight <= MAX_PIXELS,
                "The size must be at least 1x1 and at most %d megapixels, not %dx%d."
                        .formatted(MAX_PIXELS / 1_000_000, outputWidth, outputHeight));
        faults.throwIfAny();
        return resources
                .preprocessors()
                .lease(control.kind(), options)
                .plugin()
                .prepare(source, outputWidth, outputHeight);
    }
}
