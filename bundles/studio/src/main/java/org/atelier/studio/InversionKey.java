package org.atelier.studio;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.set.Inversion;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.files.Sha256;
import org.atelier.plugins.PluginKind;
import org.atelier.plugins.PluginLeases;
import org.atelier.plugins.UsedPlugin;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.PanoramaResolver;

/** Identifies what the inversions of a set depend on. */
final class InversionKey {

    private static final Gson GSON = new Gson();

    private InversionKey() {}

    /**
     * Returns the key of a set.
     *
     * @param set with all texts
     * @param leases with its plugins
     * @return 64 hexadecimal digits; empty if the set has no inversions that could be computed before
     */
    static Optional<String> of(OpenedSet set, AtelierBuild build, PluginLeases leases) {
        SetRequest request = set.request();
        if (request.references().isEmpty()
                || request.card() != null
                || request.inversion().method() == InversionMethod.NOISE
                || !request.references().contents().isEmpty()) {
            return Optional.empty();
        }
        List<Object> parts = new ArrayList<>();
        parts.add(build.description());
        parts.add(set.fingerprint());
        ModelOptions options = request.modelOptions();
        parts.add(options.prediction());
        parts.add(options.clipSkip());
        options.loras().forEach(lora -> parts.add(List.of(lora.sha256(), lora.unet(), lora.textEncoder())));
        parts.add(request.execution().dtype());
        parts.add(request.execution().device());
        parts.add(PanoramaResolver.referenceWidth(set));
        parts.add(PanoramaResolver.referenceHeight(set));
        Inversion inversion = request.inversion();
        parts.add(List.of(inversion.steps(), inversion.cfgScale(), inversion.offset()));
        IntStream.range(0, request.references().images().size())
                .mapToObj(index -> reference(request, index))
                .forEach(parts::add);
        if (request.references().images().size() > 1) {
            parts.add(request.references().blend());
            parts.add(new TreeMap<>(request.references().blendOptions()));
            leases.held().stream()
                    .filter(plugin -> plugin.kind().equals(PluginKind.BLEND))
                    .map(plugin -> UsedPlugin.of(plugin).code())
                    .forEach(parts::add);
        }
        return Optional.of(Sha256.of(GSON.toJson(parts).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Object> reference(SetRequest request, int index) {
        ReferenceFile reference = request.references().images().get(index);
        return List.of(reference.sha256(), request.referencePrompt(index), reference.weight());
    }
}
