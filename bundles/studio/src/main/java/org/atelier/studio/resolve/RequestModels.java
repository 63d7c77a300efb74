package org.atelier.studio.resolve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.TextSummarizer;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.metric.SetMetric;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.RequiredModels;
import org.atelier.api.set.SetRequest;
import org.atelier.models.library.ModelLibrary;
import org.atelier.plugins.PluginKind;
import org.atelier.plugins.PluginModels;
import org.atelier.plugins.PluginRegistries;
import org.atelier.plugins.PluginRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists the models that a request requires: its own, those of its plugins and its ControlNets. */
@Component
public final class RequestModels implements RequiredModels {

    private final ModelLibrary library;
    private final PluginRegistry<ContextSource> sources;
    private final PluginRegistry<TextSummarizer> summarizers;
    private final PluginRegistry<ControlPreprocessor> preprocessors;
    private final PluginRegistry<SetMetric> metrics;
    private final ControlNetworks networks;

    @Activate
    public RequestModels(
            @Reference ModelLibrary library, @Reference PluginRegistries plugins, @Reference ControlNetworks networks) {
        this.library = library;
        this.sources = plugins.of(PluginKind.CONTEXT);
        this.summarizers = plugins.of(PluginKind.SUMMARY);
        this.preprocessors = plugins.of(PluginKind.CONTROL);
        this.metrics = plugins.of(PluginKind.METRIC);
        this.networks = networks;
    }

    @Override
    public List<String> ofSet(SetRequest request) {
        PluginModels suggested = suggested(request);
        Stream<ContextInput> captions = request.references().images().stream()
                .filter(reference -> request.card() == null && request.needsCaption(reference))
                .map(reference -> ContextInput.of(ContextResolver.IMAGE, reference.file()));
        return Stream.of(
                        library.required(request.model(), request.modelOptions()).stream(),
                        request.contexts().inputs().stream().flatMap(context -> of(context, suggested)),
                        captions.flatMap(context -> of(context, suggested)),
                        ofSummary(request, suggested),
                        request.controls().images().stream().flatMap(control -> of(control, request, suggested)))
                .flatMap(models -> models)
                .distinct()
                .toList();
    }

    @Override
    public List<String> ofContexts(SetRequest request) {
        PluginModels suggested = suggested(request);
        return Stream.concat(
                        request.contexts().inputs().stream().flatMap(context -> of(context, suggested)),
                        ofSummary(request, suggested))
                .distinct()
                .toList();
    }

    @Override
    public List<String> ofPreprocessing(String model, ControlInput control) {
        PluginModels suggested = SuggestedModels.of(library, model, ModelOptions.DEFAULT);
        return preprocessors.model(control.kind(), control.options(), suggested).stream()
                .toList();
    }

    @Override
    public List<String> ofMetrics(List<MetricSelection> chosen) {
        return chosen.stream()
                .flatMap(metric -> metrics.model(metric.name(), metric.options()).stream())
                .distinct()
                .toList();
    }

    private PluginModels suggested(SetRequest request) {
        return SuggestedModels.of(library, request.model(), request.modelOptions());
    }

    private Stream<String> of(ContextInput context, PluginModels suggested) {
        return context.resolved() == null
                ? sources.model(context.kind(), context.options(), suggested).stream()
                : Stream.empty();
    }

    /** A summary that is made only for long texts requires no model: most sets need none. */
    private Stream<String> ofSummary(SetRequest request, PluginModels suggested) {
        return ContextSummarizer.isCertain(request)
                ? summarizers.defaultName().flatMap(name -> summarizers.model(name, Map.of(), suggested)).stream()
                : Stream.empty();
    }

    private Stream<String> of(ControlInput control, SetRequest request, PluginModels suggested) {
        return Stream.concat(
                preprocessors.model(control.kind(), control.options(), suggested).stream(),
                network(control, request).stream());
    }

    private Optional<String> network(ControlInput control, SetRequest request) {
        if (control.model() != null) {
            return Optional.of(control.model());
        }
        try {
            return networks.defaultName(control.kind(), library.find(request.model(), request.modelOptions()));
        } catch (AtelierException e) {
            // The model is missing or incomplete, which is reported when the set is generated.
            return Optional.empty();
        }
    }
}
