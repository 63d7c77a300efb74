package org.atelier.plugins.options;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.plugin.PluginOptionDescription;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Reads the descriptions and options of plugins from the metatypes of their bundles. */
public final class PluginMetatypes {

    private final MetaTypeService metaTypes;

    public PluginMetatypes(MetaTypeService metaTypes) {
        this.metaTypes = metaTypes;
    }

    public String title(Bundle bundle, String pid) {
        return definition(bundle, pid)
                .map(ObjectClassDefinition::getName)
                .filter(title -> !title.equals(pid))
                .orElse("");
    }

    public String description(Bundle bundle, String pid) {
        return definition(bundle, pid)
                .map(ObjectClassDefinition::getDescription)
                .orElse("");
    }

    public List<PluginOptionDescription> options(Bundle bundle, String pid) {
        Optional<ObjectClassDefinition> definition = definition(bundle, pid);
        if (definition.isEmpty()) {
            return List.of();
        }
        Map<String, String> ranges = MetatypeRanges.of(bundle, definition.get().getID());
        return Arrays.stream(definition.get().getAttributeDefinitions(ObjectClassDefinition.ALL))
                .map(PluginOption::new)
                .map(option -> option.described(ranges.getOrDefault(option.id(), "")))
                .toList();
    }

    private Optional<ObjectClassDefinition> definition(Bundle bundle, String pid) {
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
        if (information == null || !Arrays.asList(information.getPids()).contains(pid)) {
            return Optional.empty();
        }
        return Optional.of(information.getObjectClassDefinition(pid, null));
    }
}
