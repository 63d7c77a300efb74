package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.sampling.StepCount;
import org.atelier.models.family.FamilyDefaults;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.source.ModelSource;
import org.atelier.plugins.PluginKind;
import org.atelier.plugins.PluginRegistries;
import org.atelier.plugins.StrategyOptions;
import org.atelier.studio.card.OpenedCard;
import org.atelier.studio.region.RegionResolver;
import org.atelier.tensor.Precision;

/** Resolves and checks a request completely, so that every fault that can be known is reported before any work. */
public final class RequestResolver {

    /** The largest integer that every JSON parser preserves. */
    static final long LARGEST_SEED = (1L << 53) - 1;

    /** The largest guidance scale; images break up far below it. */
    static final double LARGEST_GUIDANCE = 100;

    private static final List<String> PREDICTIONS = List.of("epsilon", "v", "sample");

    private final ModelLibrary library;
    private final ModelFileResolver modelFiles;
    private final PluginRegistries plugins;
    private final StrategyOptions strategyOptions;
    private final StrengthExpansion strengths;
    private final ContextResolver contexts;
    private final ControlResolver controls;
    private final Devices devices;
    private final AutomaticChunk automaticChunk;
    private final LongSupplier randomSeed;

    public RequestResolver(
            ModelLibrary library,
            PluginRegistries plugins,
            ContextResolver contexts,
            ControlResolver controls,
            Devices devices,
            AutomaticChunk automaticChunk,
            LongSupplier randomSeed) {
        this.library = library;
        this.modelFiles = new ModelFileResolver(library);
        this.plugins = plugins;
        this.strategyOptions = new StrategyOptions(plugins.of(PluginKind.ATTENTION));
        this.strengths = new StrengthExpansion(plugins);
        this.contexts = contexts;
        this.controls = controls;
        this.devices = devices;
        this.automaticChunk = automaticChunk;
        this.randomSeed = randomSeed;
    }

    /**
     * Resolves a request, opens its model, reads its input files and leases its plugins.
     *
     * @param inputFolder the folder for copies of the input files until the set is closed
     * @throws AtelierException that lists every fault, one per line; nothing stays open then
     */
    public OpenedSet open(SetRequest original, Path inputFolder) {
        return open(original, inputFolder, Map.of());
    }

    /**
     * As {@link #open(SetRequest, Path)}, with input files that lie elsewhere than the request says.
     *
     * @param elsewhere where input files lie, by the path that names them
     */
    public OpenedSet open(SetRequest original, Path inputFolder, Map<Path, Path> elsewhere) {
        SetResources resources = new SetResources(plugins, inputFolder, elsewhere);
        try {
            return open(original, resources);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private OpenedSet open(SetRequest original, SetResources resources) {
        Faults faults = new Faults();
        Optional<OpenedCard> card = CardResolver.open(original, resources.inputs());
        SetRequest expanded = ContentResolver.withItems(strengths.expand(
                card.map(opened -> CardResolver.resolve(original, opened, faults))
                        .orElse(original),
                faults));
        Supplier<ModelSource> source = opened(expanded);
        resources.suggest(SuggestedModels.of(source));
        SetRequest request = ModelRecommendation.apply(expanded, source, faults);
        SetRequestBuilder resolved = request.toBuilder();
        PromptTexts.check(request, faults);
        contexts.resolve(request, resolved, resources, faults);
        checkNumbers(request, faults);
        Optional<ModelConfiguration> model = model(request, source, resolved, resources, faults);
        controls.resolve(request, resolved, model, resources, faults);
        InitImageResolver.resolve(request, resolved, resources, faults);
        RegionResolver.resolve(request, resolved, resources.inputs(), faults);
        resolved.samplerOptions(plugins.of(PluginKind.SAMPLER)
                .resolve(request.sampling().sampler(), request.sampling().samplerOptions(), faults));
        String device = device(request, faults);
        resolved.device(device).dtype(dtype(request, device, faults));
        resolved.seed(request.seed() == null ? Long.valueOf(randomSeed.getAsLong()) : request.seed());
        resolved.attentionOptions(attentionOptions(request, faults));
        model.ifPresent(found -> resolved.items(
                new ItemResolver(request, resolved.build(), new ImageSides(found.factor()), strategyOptions)
                        .resolve(faults)));
        if (card.isEmpty() && request.references().images().size() > 1) {
            resolved.blendOptions(plugins.of(PluginKind.BLEND)
                    .resolve(request.references().blend(), request.references().blendOptions(), faults));
        }
        faults.throwIfAny();

        SetRequest complete = resolved.build();
        int chunk = request.execution().chunk() == null
                ? automaticChunk.of(complete, ControlResolver.bytes(resources), model.orElseThrow())
                : request.execution().chunk();
        OpenedSet set = PanoramaResolver.sized(
                request,
                new OpenedSet(
                        complete.toBuilder().chunk(chunk).build(),
                        model.orElseThrow(),
                        card.flatMap(OpenedCard::trajectories),
                        resources));
        PanoramaResolver.check(set, faults);
        RegionResolver.check(
                set.request(), set.regionMasks(), index -> PanoramaResolver.isReference(set, index), faults);
        card.ifPresent(opened -> {
            CardResolver.checkModel(opened.card(), set.model(), faults);
            CardResolver.checkLoras(opened.card(), set.request(), faults);
        });
        leasePlugins(set, faults);
        faults.throwIfAny();
        boolean isOneChunk =
                request.execution().chunk() == null && set.strategies().common().coupling() == Coupling.SET;
        OpenedSet chunked = isOneChunk ? set.withChunk(set.request().items().size()) : set;
        return chunked.withUnusedValues(new UnusedValues(original, chunked, strategyOptions).sentences());
    }

    /** Leases the plugins until the end of the set, and collects their objections to the request. */
    private void leasePlugins(OpenedSet set, Faults faults) {
        try {
            CouplingCheck.check(set.request(), set.strategies(), keepsSeparate(set.request()), faults);
            ContentResolver.checkStrategies(set.request(), set.strategies(), faults);
            StrategyCheck.checkLayers(set.request(), set.model(), set.strategies());
            StrategyCheck.checkWords(set.request(), set.model(), set.strategies(), faults);
            StepCount.solver(
                    set.sampler(),
                    set.model().schedule(),
                    set.request().sampling().steps());
            set.blend();
            ControlResolver.leasePreprocessors(set.request(), set.resources());
        } catch (AtelierException e) {
            faults.add(e);
        }
    }

    /** Whether the blend keeps several references separate. */
    private boolean keepsSeparate(SetRequest request) {
        return request.references().images().size() > 1
                && plugins.of(PluginKind.BLEND).declares(request.references().blend(), Plugins.SEPARATE);
    }

    private static double cfgScale(SetRequest request, FamilyDefaults defaults) {
        if (request.sampling().cfgScale() != null) {
            return request.sampling().cfgScale();
        }
        if (!request.references().contents().isEmpty()) {
            return 1;
        }
        return request.references().isEmpty() ? defaults.cfgScale() : defaults.cfgScaleWithReferences();
    }

    private Map<String, Object> attentionOptions(SetRequest request, Faults faults) {
        return strategyOptions.resolve(
                request.sharing().attention(),
                request.sharing().attentionOptions(),
                PanoramaResolver.defaults(request),
                faults);
    }

    private static void checkNumbers(SetRequest request, Faults faults) {
        Double cfgScale = request.sampling().cfgScale();
        faults.require(
                cfgScale == null || isGuidance(cfgScale),
                "The cfg-scale must be from 0 to %.0f, not %s.".formatted(LARGEST_GUIDANCE, cfgScale));
        double rescale = request.sampling().guidanceRescale();
        faults.require(
                rescale >= 0 && rescale <= 1, "The guidance-rescale must be from 0 to 1, not %s.".formatted(rescale));
        String prediction = request.modelOptions().prediction();
        faults.require(
                prediction == null || PREDICTIONS.contains(prediction),
                "There is no prediction '%s'; available: %s.".formatted(prediction, String.join(", ", PREDICTIONS)));
        faults.require(
                request.execution().chunk() == null || request.execution().chunk() >= 1,
                "The chunk must be 1 or more, not " + request.execution().chunk() + ".");
        long last = LARGEST_SEED - request.items().size();
        faults.require(
                request.seed() == null || (request.seed() >= 0 && request.seed() <= last),
                "The seed must be from 0 to %d, not %d.".formatted(last, request.seed()));
        faults.require(
                request.sampling().steps() >= 1,
                "The steps must be 1 or more, not " + request.sampling().steps() + ".");
    }

    /** Whether a number can be a guidance scale. */
    static boolean isGuidance(double scale) {
        return scale >= 0 && scale <= LARGEST_GUIDANCE;
    }

    /** Opens the model of a request, once. The result throws why it cannot be opened. */
    private Supplier<ModelSource> opened(SetRequest request) {
        try {
            ModelSource source = library.find(request.model(), request.modelOptions());
            return () -> source;
        } catch (AtelierException e) {
            return () -> {
                throw e;
            };
        }
    }

    private Optional<ModelConfiguration> model(
            SetRequest request,
            Supplier<ModelSource> source,
            SetRequestBuilder resolved,
            SetResources resources,
            Faults faults) {
        try {
            ModelConfiguration model = ModelConfiguration.of(
                    LoraResolver.resolve(request, resolved, source.get(), library, resources, faults));
            resolved.model(
                    isNamed(request.model(), model.source())
                            ? request.model()
                            : model.source().path().toString());
            modelFiles.resolve(request, resolved);
            FamilyDefaults defaults = model.family().defaults();
            resolved.cfgScale(cfgScale(request, defaults));
            if (request.negativePrompt() == null) {
                resolved.negativePrompt(defaults.negativePrompt().orElse(null));
            }
            faults.require(
                    request.sampling().steps() < model.trainTimesteps(),
                    "The steps must be fewer than the %d that the model was trained with, not %d."
                            .formatted(
                                    model.trainTimesteps(), request.sampling().steps()));
            checkNetworks(request, model, faults);
            ReferenceResolver.resolve(request, resolved, model.trainTimesteps(), contexts, resources, faults);
            ContentResolver.resolve(request, resolved, model, resources, faults);
            int width = request.sampling().width() == null
                    ? model.width()
                    : request.sampling().width();
            int height = request.sampling().height() == null
                    ? model.height()
                    : request.sampling().height();
            ImageSides sides = new ImageSides(model.factor());
            sides.check("width", width, faults);
            sides.check("height", height, faults);
            resolved.width(width).height(height);
            PanoramaResolver.resolve(request, resolved, model, faults);
            ModelConfiguration predicting = predicting(request.modelOptions().prediction(), model);
            resolved.prediction(nameOf(predicting.schedule().prediction()));
            return Optional.of(predicting);
        } catch (AtelierException e) {
            faults.add(e);
            return Optional.empty();
        }
    }

    /** Checks what the request says about the model's networks. */
    private static void checkNetworks(SetRequest request, ModelConfiguration model, Faults faults) {
        faults.require(
                !model.unet().inpaints() || !request.initImages().masks().isEmpty(),
                "The model %s is for inpainting: give an image with --init-image and a mask with --mask, or use the base model."
                        .formatted(model.source().path()));
        int most = model.mostClipSkip();
        faults.require(
                request.modelOptions().clipSkip() >= 0 && request.modelOptions().clipSkip() <= most,
                "The clip-skip must be from 0 to %d, since the text encoder of the model has that many layers to skip, not %d."
                        .formatted(most, request.modelOptions().clipSkip()));
    }

    private static ModelConfiguration predicting(String prediction, ModelConfiguration model) {
        return prediction == null || !PREDICTIONS.contains(prediction)
                ? model
                : model.withPrediction(
                        prediction.equals("v")
                                ? Prediction.V_PREDICTION
                                : Prediction.valueOf(prediction.toUpperCase(Locale.ROOT)));
    }

    private static String nameOf(Prediction prediction) {
        return prediction == Prediction.V_PREDICTION ? "v" : prediction.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the model was found by its name, not by the path of its folder. */
    private static boolean isNamed(String name, ModelSource model) {
        return model.name().equals(name)
                && !Path.of(name).toAbsolutePath().normalize().equals(model.path());
    }

    private String device(SetRequest request, Faults faults) {
        String requested = request.execution().device();
        if (requested == null) {
            return devices.best();
        }
        if (requested.equals("cpu")) {
            return requested;
        }
        if (!requested.matches("cuda:\\d{1,3}")) {
            faults.add("There is no device '%s'; available: cpu and cuda:N.".formatted(requested));
        } else if (Integer.parseInt(requested.substring("cuda:".length())) >= devices.gpus()) {
            faults.add("There is no device '%s'; the engine finds %d GPUs.".formatted(requested, devices.gpus()));
        }
        return requested;
    }

    private String dtype(SetRequest request, String device, Faults faults) {
        if (request.execution().dtype() == null) {
            return device.equals("cpu") ? "float32" : "bfloat16";
        }
        checkName("dtype", request.execution().dtype(), Precision.names(), faults);
        return request.execution().dtype();
    }

    private static void checkName(String kind, String name, List<String> known, Faults faults) {
        faults.require(
                known.contains(name),
                "There is no %s '%s'; available: %s.".formatted(kind, name, String.join(", ", known)));
    }
}
