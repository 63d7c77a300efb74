package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.TextSummarizer;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.SetRequest;
import org.atelier.models.source.ModelSource;
import org.atelier.plugins.LeasedPlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.plugins.PluginModels;
import org.atelier.plugins.PluginRegistries;
import org.atelier.studio.folder.ModelFingerprint;
import org.atelier.studio.input.InputFiles;

/**
 * The resources of a set from the start of its resolution: copies of its input files, leased plugins, opened ControlNets.
 * Confined to the thread that created it.
 */
public final class SetResources implements AutoCloseable {

    private final PluginRegistries plugins;
    private final InputFiles inputs;
    private final LeasedPlugins<ContextSource> contexts;
    private final LeasedPlugins<TextSummarizer> summarizers;
    private final LeasedPlugins<ControlPreprocessor> preprocessors;
    private final LeasedPlugins<Sampler> samplers;
    private final LeasedPlugins<StyleBlend> blends;
    private final Map<String, ControlNetworks.Network> networks = new HashMap<>();
    private PluginModels pluginModels = PluginModels.NONE;
    private SetStrategies strategies;
    private String fingerprint;

    /** @param inputFolder the folder for copies of input files */
    public SetResources(PluginRegistries plugins, Path inputFolder) {
        this(plugins, inputFolder, Map.of());
    }

    /**
     * Resources of a set some of whose input files lie elsewhere.
     *
     * @param inputFolder the folder for copies of input files
     * @param elsewhere where input files lie, by the path that names them
     */
    SetResources(PluginRegistries plugins, Path inputFolder, Map<Path, Path> elsewhere) {
        this.plugins = plugins;
        this.inputs = new InputFiles(inputFolder, elsewhere);
        this.contexts = new LeasedPlugins<>(plugins.of(PluginKind.CONTEXT));
        this.summarizers = new LeasedPlugins<>(plugins.of(PluginKind.SUMMARY));
        this.preprocessors = new LeasedPlugins<>(plugins.of(PluginKind.CONTROL));
        this.samplers = new LeasedPlugins<>(plugins.of(PluginKind.SAMPLER));
        this.blends = new LeasedPlugins<>(plugins.of(PluginKind.BLEND));
    }

    /** Suggests models to the plugins that are resolved from now on. */
    public void suggest(PluginModels models) {
        this.pluginModels = models;
    }

    /** The models that the base model of the set suggests to plugins. */
    PluginModels pluginModels() {
        return pluginModels;
    }

    InputFiles inputs() {
        return inputs;
    }

    LeasedPlugins<ContextSource> contexts() {
        return contexts;
    }

    LeasedPlugins<TextSummarizer> summarizers() {
        return summarizers;
    }

    LeasedPlugins<ControlPreprocessor> preprocessors() {
        return preprocessors;
    }

    LeasedPlugins<Sampler> samplers() {
        return samplers;
    }

    LeasedPlugins<StyleBlend> blends() {
        return blends;
    }

    /** The opened ControlNets, by their name in the resolved controls. */
    Map<String, ControlNetworks.Network> networks() {
        return networks;
    }

    /** Returns the fingerprint of the model of the set, computed at the first call. */
    String fingerprint(ModelSource model) {
        if (fingerprint == null) {
            fingerprint = ModelFingerprint.of(model);
        }
        return fingerprint;
    }

    /** Returns the attention strategies of a resolved request, leased at the first call. */
    public SetStrategies strategies(SetRequest resolved) {
        if (strategies == null) {
            strategies = SetStrategies.lease(plugins.of(PluginKind.ATTENTION), resolved);
        }
        return strategies;
    }

    /** Idempotent. */
    @Override
    public void close() {
        if (strategies != null) {
            strategies.close();
            strategies = null;
        }
        blends.close();
        samplers.close();
        preprocessors.close();
        summarizers.close();
        contexts.close();
        inputs.close();
    }
}
