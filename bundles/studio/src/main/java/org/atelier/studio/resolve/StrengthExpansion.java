package org.atelier.studio.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StrengthPresets;
import org.atelier.plugins.InstalledStrengthPresets;
import org.atelier.plugins.PluginKind;
import org.atelier.plugins.PluginRegistries;
import org.atelier.plugins.PluginRegistry;

/** Replaces the strengths of a request and its items by the options that they stand for. */
final class StrengthExpansion {

    private final PluginRegistry<AttentionStrategy> strategies;
    private final StrengthPresets presets;

    StrengthExpansion(PluginRegistries plugins) {
        this.strategies = plugins.of(PluginKind.ATTENTION);
        this.presets = new InstalledStrengthPresets(plugins);
    }

    /**
     * Returns the request without strengths.
     *
     * @param faults collects strengths that the attention strategy does not have
     */
    SetRequest expand(SetRequest request, Faults faults) {
        Map<String, Object> options =
                options(request, request.sharing().strength(), request.sharing().attentionOptions(), faults);
        List<SetItem> items = new ArrayList<>();
        for (SetItem item : request.items()) {
            Faults own = new Faults();
            int index = items.size();
            items.add(new SetItem(
                    item.prompt(),
                    item.seed(),
                    item.width(),
                    item.height(),
                    options(request, item.strength(), item.attentionOptions(), own)));
            faults.addAll(ItemResolver.title(request, index), own);
        }
        return request.toBuilder()
                .strength(null)
                .attentionOptions(options)
                .items(items)
                .build();
    }

    /** Returns the options of a strength, overridden by the explicitly given ones. */
    private Map<String, Object> options(SetRequest request, String strength, Map<String, Object> given, Faults faults) {
        if (strength == null) {
            return given;
        }
        String attention = request.sharing().attention();
        List<String> known = presets.strengths(attention);
        if (strategies.names().contains(attention) && !known.contains(strength)) {
            faults.add(
                    known.isEmpty()
                            ? "The attention '%s' has no strengths, so it cannot be '%s'; omit the strength, or choose another attention."
                                    .formatted(attention, strength)
                            : "The attention '%s' has no strength '%s'; available: %s."
                                    .formatted(attention, strength, String.join(", ", known)));
        }
        Map<String, Object> options = new LinkedHashMap<>(
                presets.options(attention, strength, !request.references().isEmpty()));
        options.putAll(given);
        return options;
    }
}
