package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.CANCELLED;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
     * Preprocesses the control images of a set in every size that is generated, then closes the preprocessors, so that their models do
     * not occupy memory while the networks run.
     *
     * @param items indices of the items that are generated
     * @param listener can cancel
     */
    public OpenedSet prepare(OpenedSet set, Collection<Integer> items, SetListener listener) {
        List<PreparedControl> prepared = new ArrayList<>();
        for (int number = 0; number < set.request().controls().images().size(); number++) {
            if (listener.cancelled()) {
                throw new AtelierException(CANCELLED, "Cancelled before anything was generated.");
            }
            prepared.add(prepare(set, number, items));
        }
        set.resources().preprocessors().close();
        return set.withControls(new PreparedControls(prepared));
    }

    private static PreparedControl prepare(OpenedSet set, int number, Collection<Integer> items) {
        SetRequest request = set.request();
        ControlInput control = request.controls().images().get(number);
        PluginLease<ControlPreprocessor> lease =
                set.resources().preprocessors().lease(control.kind(), control.options());
        List<Integer> targets = ControlTargets.of(request, number);
        // Images of the same size share one control image.
        Map<List<Integer>, BufferedImage> bySize = new HashMap<>();
        Map<Integer, BufferedImage> images = new LinkedHashMap<>();
        if (targets.stream().anyMatch(items::contains)) {
            BufferedImage source = set.image(control.file()).upright();
            for (int index : targets) {
                if (items.contains(index)) {
                    images.put(index, bySize.computeIfAbsent(size(request, index), size -> lease.plugin()
                            .prepare(source, size.get(0), size.get(1))));
                }
            }
        }
        return new PreparedControl(
                control,
                set.resources().networks().get(control.model()).folder(),
                images,
                UsedPlugin.of(lease.offered()));
    }

    /** Width and height of an item, in pixels. */
    static List<Integer> size(SetRequest request, int index) {
        SetItem item = request.itemOf(request.firstGenerated() + index);
        return List.of(item.width(), item.height());
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
