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

/** Makes of control images what their ControlNets see. */
public final class ControlPreparer {

    private static final long MOST_PIXELS = 64_000_000;

    private final PluginRegistry<ControlPreprocessor> preprocessors;

    public ControlPreparer(PluginRegistry<ControlPreprocessor> preprocessors) {
        this.preprocessors = preprocessors;
    }

    /**
     * Prepares the control images of a set, in every size that is generated, then ends the preprocessors: their models
     * are not to be in memory beside the networks.
     *
     * @param listener says when to stop
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
        // One image serves all that are generated in its size.
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
     * What a ControlNet would see of an image that belongs to no set.
     *
     * @param width {@code null} for the image's own
     * @param height {@code null} for the image's own
     * @param resources lease the plugin and read the file
     * @throws AtelierException that lists every fault, one a line
     */
    public BufferedImage prepare(ControlInput control, Integer width, Integer height, SetResources resources) {
        Faults faults = new Faults();
        Map<String, Object> options = preprocessors.resolve(control.kind(), control.options(), faults);
        Path file = InputPath.of(control.file());
        VerifiedImage.sha256(file, control.sha256(), "--control", resources.inputs(), faults);
        faults.throwIfAny();
        BufferedImage source =
                VerifiedImage.read(file, resources.inputs()).open().upright();
        int across = width == null ? source.getWidth() : width;
        int down = height == null ? source.getHeight() : height;
        faults.require(
                across >= 1 && down >= 1 && (long) across * down <= MOST_PIXELS,
                "The size must be at least 1x1 and at most %d megapixels, not %dx%d."
                        .formatted(MOST_PIXELS / 1_000_000, across, down));
        faults.throwIfAny();
        return resources.preprocessors().lease(control.kind(), options).plugin().prepare(source, across, down);
    }
}
