package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.set.ControlRules;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.studio.resolve.PreparedControl;

/** The ControlNets of one set, each loaded once. */
final class LoadedControls implements AutoCloseable {

    /** Controls that differ only in the images that follow them; they pass their network together. */
    private record ControlGroup(String kind, Path network, double scale, double start, double end) {}

    private final Map<Path, ControlNet> networks = new HashMap<>();
    private final Map<ControlGroup, Map<Integer, BufferedImage>> images = new LinkedHashMap<>();
    private final ControlRules rules;

    private LoadedControls(ControlRules rules) {
        this.rules = rules;
    }

    /** Returns how many networks have to be loaded. */
    static int count(List<PreparedControl> controls) {
        return (int) controls.stream()
                .map(prepared -> prepared.network().path())
                .distinct()
                .count();
    }

    /** @param loaded called after each network is loaded */
    static LoadedControls load(List<PreparedControl> controls, ControlRules rules, Pipeline pipeline, Runnable loaded) {
        LoadedControls all = new LoadedControls(rules);
        try {
            controls.forEach(prepared -> all.add(prepared, pipeline, loaded));
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
        return all;
    }

    private void add(PreparedControl prepared, Pipeline pipeline, Runnable loaded) {
        Path path = prepared.network().path();
        if (!networks.containsKey(path)) {
            networks.put(path, pipeline.controlNet(prepared.network()));
            loaded.run();
        }
        ControlGroup group = new ControlGroup(
                prepared.control().kind(),
                path,
                prepared.control().scale(),
                prepared.control().start(),
                prepared.control().end());
        images.computeIfAbsent(group, first -> new HashMap<>()).putAll(prepared.images());
    }

    List<Control> controls() {
        Control.PromptSource promptSource =
                rules.promptSource().equals("negative") ? Control.PromptSource.NEGATIVE : Control.PromptSource.OWN;
        List<Control> controls = new ArrayList<>();
        images.forEach((group, controlImages) -> controls.add(new Control(
                networks.get(group.network()),
                controlImages,
                group.scale(),
                group.start(),
                group.end(),
                rules.guess(),
                promptSource)));
        return controls;
    }

    @Override
    public void close() {
        networks.values().forEach(ControlNet::close);
    }
}
