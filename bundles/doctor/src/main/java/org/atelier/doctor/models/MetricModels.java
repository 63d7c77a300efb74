package org.atelier.doctor.models;

import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.RequiredModels;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Checks that the configured or default model of every metric is installed. Other plugins are used only if a request names
 * them, and then report a missing model themselves; an evaluation uses every available metric.
 */
@Component(property = {HealthCheck.NAME + "=metric models", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class MetricModels implements HealthCheck {

    private final PluginCatalog catalog;
    private final RequiredModels required;
    private final ModelFiles models;

    @Activate
    public MetricModels(
            @Reference PluginCatalog catalog, @Reference RequiredModels required, @Reference ModelFiles models) {
        this.catalog = catalog;
        this.required = required;
        this.models = models;
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        int examined = 0;
        for (PluginDescription plugin : catalog.plugins()) {
            if (plugin.kind().equals("metric") && plugin.state().equals("ready")) {
                for (String model : required.ofMetrics(List.of(MetricSelection.of(plugin.name())))) {
                    examined++;
                    examine(plugin, model, findings);
                }
            }
        }
        findings.fine("metric models", examined + " models of metrics were checked.");
        return findings.result();
    }

    private void examine(PluginDescription plugin, String model, Findings findings) {
        try {
            models.folder(model);
        } catch (AtelierException e) {
            if (e.code() != Code.MODEL_NOT_FOUND) {
                throw e;
            }
            findings.warning(
                    plugin.id(),
                    "Evaluations leave it out. " + e.getMessage(),
                    "Fetch the model, or name another one in the metric's configuration.");
        }
    }
}
