package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.models.family.FamilyDefaults;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.source.ModelSource;
import org.atelier.plugins.PluginRegistry;
import org.atelier.plugins.StrategyOptions;
import org.atelier.studio.card.OpenedCard;

/** Settles what a request leaves open and checks all of it, so that nothing fails later that could be known now. */
public final class RequestResolver {

    /** The largest whole number that every reader of JSON keeps. */
    static final long LARGEST_SEED = (1L << 53) - 1;

    private final ModelLibrary library;
    private final ModelInspector inspector;
    private final PluginRegistry<AttentionStrategy> strategies;
    private final StrategyOptions strategyOptions;
    private final PluginRegistry<Sampler> samplers;
    private final PluginRegistry<StyleBlend> blends;
    private final SetContexts contexts;
    private final SetControls controls;
    private final Devices devices;
    private final AutomaticChunk automaticChunk;
    private final LongSupplier randomSeed;

    public RequestResolver(
            ModelLibrary library,
            ModelInspector inspector,
            PluginRegistry<AttentionStrategy> strategies,
            PluginRegistry<Sampler> samplers,
            PluginRegistry<StyleBlend> blends,
            SetContexts contexts,
            SetControls controls,
            Devices devices,
            AutomaticChunk automaticChunk,
            LongSupplier randomSeed) {
        this.library = library;
        this.inspector = inspector;
        this.strategies = strategies;
        this.strategyOptions = new StrategyOptions(strategies);
        this.samplers = samplers;
        this.blends = blends;
        this.contexts = contexts;
        this.controls = controls;
        this.devices = devices;
        this.automaticChunk = automaticChunk;
        this.randomSeed = randomSeed;
    }

    /**
     * Settles a request.
     *
     * @return it, with its model opened
     * @throws AtelierException that lists every fault, one a line
     */
    public ResolvedSet resolve(SetRequest asked) {
        Faults faults = new Faults();
        Optional<OpenedCard> card = CardResolver.open(asked);
        SetRequest request =
                card.map(opened -> CardResolver.settle(asked, opened, faults)).orElse(asked);
        SetRequestBuilder settled = request.but();
        PromptTexts.check(request, faults);
        contexts.settle(request, settled, faults);
        checkNumbers(request, faults);
        Optional<ModelConfiguration> model = model(request, settled, faults);
        controls.settle(request, settled, model, faults);
        settled.samplerOptions(samplers.resolve(
                request.sampling().sampler(), request.sampling().samplerOptions(), faults));
        String device = device(request, faults);
        settled.device(device).dtype(dtype(request, device, faults));
        settled.seed(request.seed() == null ? Long.valueOf(randomSeed.getAsLong()) : request.seed());
        settled.attentionOptions(attentionOptions(request, faults));
        model.map(inspector::limits)
                .ifPresent(limits -> settled.items(new ItemResolver(
                                request, settled.build(), new PictureSides(limits.pixelFactor()), strategyOptions)
                        .settle(faults)));
        if (card.isEmpty() && request.references().images().size() > 1) {
            settled.blendOptions(blends.resolve(
                    request.references().blend(), request.references().blendOptions(), faults));
        }
        faults.throwIfAny();
        CouplingCheck.check(settled.build(), strategies, faults);
        LayerCheck.check(settled.build(), model.orElseThrow(), inspector, strategies, faults);
        card.ifPresent(opened -> CardResolver.checkModel(opened.card(), model.orElseThrow(), faults));
        faults.throwIfAny();

        SetRequest complete = settled.build();
        int chunk = request.execution().chunk() == null
                ? automaticChunk.of(complete, controls.bytes(complete, model.orElseThrow()))
                : request.execution().chunk();
        return new ResolvedSet(
                complete.but().chunk(chunk).build(), model.orElseThrow(), card.flatMap(OpenedCard::trajectories));
    }

    private static double cfgScale(SetRequest request, FamilyDefaults defaults) {
        if (request.sampling().cfgScale() != null) {
            return request.sampling().cfgScale();
        }
        return request.references().isEmpty() ? defaults.cfgScale() : defaults.cfgScaleWithReferences();
    }

    private Map<String, Object> attentionOptions(SetRequest request, Faults faults) {
        boolean pictured = !request.references().isEmpty();
        return strategyOptions.resolve(
                request.sharing().attention(), request.sharing().attentionOptions(), pictured, faults);
    }

    private static void checkNumbers(SetRequest request, Faults faults) {
        Double cfgScale = request.sampling().cfgScale();
        faults.unless(
                cfgScale == null || (Double.isFinite(cfgScale) && cfgScale >= 0),
                "The cfg-scale must be 0 or more, not " + cfgScale + ".");
        faults.unless(
                request.execution().chunk() == null || request.execution().chunk() >= 1,
                "The chunk must be 1 or more, not " + request.execution().chunk() + ".");
        long last = LARGEST_SEED - request.items().size();
        faults.unless(
                request.seed() == null || (request.seed() >= 0 && request.seed() <= last),
                "The seed must be from 0 to %d, not %d.".formatted(last, request.seed()));
        faults.unless(
                request.sampling().steps() >= 1,
                "The steps must be 1 or more, not " + request.sampling().steps() + ".");
    }

    private Optional<ModelConfiguration> model(SetRequest request, SetRequestBuilder settled, Faults faults) {
        try {
            ModelConfiguration model = ModelConfiguration.of(library.find(request.model()));
            ModelInspector.Limits limits = inspector.limits(model);
            settled.model(
                    isNamed(request.model(), model.source())
                            ? request.model()
                            : model.source().path().toString());
            faults.unless(
                    request.sampling().steps() < limits.trainSteps(),
                    "The steps must be fewer than the %d that the model was trained with, not %d."
                            .formatted(limits.trainSteps(), request.sampling().steps()));
            ReferenceResolver.settle(request, settled, limits.trainSteps(), contexts, faults);
            int width = request.sampling().width() == null
                    ? model.width()
                    : request.sampling().width();
            int height = request.sampling().height() == null
                    ? model.height()
                    : request.sampling().height();
            PictureSides sides = new PictureSides(limits.pixelFactor());
            sides.check("width", width, faults);
            sides.check("height", height, faults);
            settled.width(width).height(height);
            FamilyDefaults defaults = model.family().defaults();
            settled.cfgScale(cfgScale(request, defaults));
            if (request.negativePrompt() == null) {
                settled.negativePrompt(defaults.negativePrompt().orElse(null));
            }
            return Optional.of(model);
        } catch (AtelierException e) {
            faults.add(e);
            return Optional.empty();
        }
    }

    /** Whether the model was found by its name, and not by the path of its folder. */
    private static boolean isNamed(String asked, ModelSource model) {
        return model.name().equals(asked)
                && !Path.of(asked).toAbsolutePath().normalize().equals(model.path());
    }

    private String device(SetRequest request, Faults faults) {
        String asked = request.execution().device();
        if (asked == null) {
            return devices.best();
        }
        if (asked.equals("cpu")) {
            return asked;
        }
        if (!asked.matches("cuda:\\d{1,3}")) {
            faults.add("There is no device '%s'; known are cpu and cuda:N.".formatted(asked));
        } else if (Integer.parseInt(asked.substring("cuda:".length())) >= devices.gpus()) {
            faults.add("There is no device '%s'; the engine finds %d GPUs.".formatted(asked, devices.gpus()));
        }
        return asked;
    }

    private String dtype(SetRequest request, String device, Faults faults) {
        if (request.execution().dtype() == null) {
            return device.equals("cpu") ? "float32" : "bfloat16";
        }
        checkName("dtype", request.execution().dtype(), inspector.dtypes(), faults);
        return request.execution().dtype();
    }

    private static void checkName(String kind, String name, List<String> known, Faults faults) {
        faults.unless(
                known.contains(name),
                "There is no %s '%s'; known are %s.".formatted(kind, name, String.join(", ", known)));
    }
}
