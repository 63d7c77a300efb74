package org.atelier.studio.resolve;

import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelOptions;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.source.ModelSource;
import org.atelier.plugins.PluginModels;

/** The models that a base model suggests to plugins. */
public final class SuggestedModels {

    private SuggestedModels() {}

    /**
     * Returns the suggestions of a base model; none if it cannot be opened, which is reported where it is needed.
     *
     * @param model as {@link ModelLibrary#find(String, ModelOptions)} takes it
     */
    public static PluginModels of(ModelLibrary library, String model, ModelOptions options) {
        return of(() -> library.find(model, options));
    }

    /** As {@link #of(ModelLibrary, String, ModelOptions)}, of a model that throws why it cannot be opened. */
    static PluginModels of(Supplier<ModelSource> model) {
        try {
            return new PluginModels(model.get().pluginModels());
        } catch (AtelierException e) {
            return PluginModels.NONE;
        }
    }
}
