package org.atelier.models.lora;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.models.naming.LdmUNetNaming;

/**
 * The layers of one network by every name that LoRA files give them, with underscores in place of dots: such names are
 * unique in every UNet of Stable Diffusion.
 */
final class ModuleNames {

    private static final String WEIGHT = ".weight";
    private static final String TEXT_MODEL = "text_model.";

    /**
     * A layer.
     *
     * @param tensor name of its weight
     * @param shape of its weight
     * @param original whether it was named as in the original code, not as in diffusers
     */
    record Module(String tensor, List<Long> shape, boolean original) {}

    private final Map<String, Module> byName;

    private ModuleNames(Map<String, Module> byName) {
        this.byName = byName;
    }

    /** The layers of a UNet, in the names of diffusers and of the original code. */
    static ModuleNames ofUNet(Map<String, List<Long>> shapes) {
        Map<String, List<Long>> modules = modules(shapes);
        LdmUNetNaming original = LdmUNetNaming.ofDiffusers(modules.keySet());
        Map<String, Module> byName = new HashMap<>();
        modules.forEach((module, shape) -> {
            byName.put(flat(module), new Module(module + WEIGHT, shape, false));
            original.originalName(module)
                    .ifPresent(name -> byName.put(flat(name), new Module(module + WEIGHT, shape, true)));
        });
        return new ModuleNames(byName);
    }

    /** The layers of a text encoder, with and without the prefix of transformers. */
    static ModuleNames ofTextEncoder(Map<String, List<Long>> shapes) {
        Map<String, Module> byName = new HashMap<>();
        modules(shapes).forEach((module, shape) -> {
            Module found = new Module(module + WEIGHT, shape, false);
            byName.put(flat(module), found);
            if (module.startsWith(TEXT_MODEL)) {
                byName.put(flat(module.substring(TEXT_MODEL.length())), found);
            }
        });
        return new ModuleNames(byName);
    }

    private static Map<String, List<Long>> modules(Map<String, List<Long>> shapes) {
        Map<String, List<Long>> modules = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            boolean isLayer = name.endsWith(WEIGHT) && (shape.size() == 2 || shape.size() == 4);
            if (isLayer && !name.contains("embeddings.")) {
                modules.put(name.substring(0, name.length() - WEIGHT.length()), shape);
            }
        });
        return modules;
    }

    private static String flat(String name) {
        return name.replace('.', '_');
    }

    /** Finds a layer by any of its names, with dots or underscores. */
    Optional<Module> find(String name) {
        return Optional.ofNullable(byName.get(flat(name)));
    }
}
