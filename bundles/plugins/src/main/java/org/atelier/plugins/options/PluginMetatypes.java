package org.atelier.plugins.options;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Map<String, OptionDeclaration> declarations = declarations(bundle, definition.get());
        return pluginOptions(bundle, pid).stream()
                .map(option -> option.described(declarations
                        .getOrDefault(option.id(), OptionDeclaration.NONE)
                        .range()))
                .toList();
    }

    /** The options of a plugin; empty if it has no metatype. */
    public List<PluginOption> pluginOptions(Bundle bundle, String pid) {
        return definition(bundle, pid).stream()
                .flatMap(definition -> Arrays.stream(definition.getAttributeDefinitions(ObjectClassDefinition.ALL)))
                .map(PluginOption::new)
                .toList();
    }

    /** What contradicts itself in the metatype of a plugin, without a full stop; empty if nothing does. */
    public Optional<String> contradiction(Bundle bundle, String pid) {
        Optional<ObjectClassDefinition> definition = definition(bundle, pid);
        if (definition.isEmpty()) {
            return Optional.empty();
        }
        Map<String, OptionDeclaration> declarations = declarations(bundle, definition.get());
        Set<String> names = new HashSet<>();
        for (PluginOption option : pluginOptions(bundle, pid)) {
            if (!names.add(option.name())) {
                return Optional.of("two of its options are named '%s'".formatted(option.name()));
            }
            Optional<String> contradiction =
                    option.contradiction(declarations.getOrDefault(option.id(), OptionDeclaration.NONE));
            if (contradiction.isPresent()) {
                return contradiction;
            }
        }
        return Optional.empty();
    }

    private static Map<String, OptionDeclaration> declarations(Bundle bundle, ObjectClassDefinition definition) {
        return MetatypeFiles.of(bundle, definition.getID());
    }

    private Optional<ObjectClassDefinition> definition(Bundle bundle, String pid) {
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
        if (information == null || !Arrays.asList(information.getPids()).contains(pid)) {
            return Optional.empty();
        }
        return Optional.of(information.getObjectClassDefinition(pid, null));
    }
}
