package org.atelier.plugins.options;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
        return pluginOptions(bundle, pid).stream().map(PluginOption::described).toList();
    }

    /** The options of a plugin; empty if it has no metatype. */
    public List<PluginOption> pluginOptions(Bundle bundle, String pid) {
        return definition(bundle, pid).stream()
                .flatMap(definition -> pluginOptions(new MetatypeFiles(bundle, definition.getID()), definition))
                .toList();
    }

    private static Stream<PluginOption> pluginOptions(MetatypeFiles files, ObjectClassDefinition definition) {
        return Arrays.stream(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
                .map(option -> new PluginOption(option, () -> files.declaration(option.getID())));
    }

    /** What contradicts itself in the metatype of a plugin, without a full stop; empty if nothing does. */
    public Optional<String> contradiction(Bundle bundle, String pid) {
        Set<String> names = new HashSet<>();
        for (PluginOption option : pluginOptions(bundle, pid)) {
            if (!names.add(option.name())) {
                return Optional.of("two of its options are named '%s'".formatted(option.name()));
            }
            Optional<String> contradiction = option.contradiction();
            if (contradiction.isPresent()) {
                return contradiction;
            }
        }
        return Optional.empty();
    }

    private Optional<ObjectClassDefinition> definition(Bundle bundle, String pid) {
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
        if (information == null || !Arrays.asList(information.getPids()).contains(pid)) {
            return Optional.empty();
        }
        return Optional.of(information.getObjectClassDefinition(pid, null));
    }
}
