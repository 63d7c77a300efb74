package org.atelier.studio.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.plugins.StrategyOptions;
import org.atelier.plugins.UnusedOption;

/**
 * Finds the values of a resolved request that have no effect. A value that differs from its default, and that no part of the
 * set uses, is named in a note. It is no fault: a request file may serve several sets, of which some ignore a part of it.
 */
final class UnusedValues {

    private static final SetRequest DEFAULTS = SetRequest.builder().build();

    private static final Value STYLE_FROM =
            new Value("style-from", request -> request.sharing().from());
    private static final Value STYLE_TO =
            new Value("style-to", request -> request.sharing().to());
    private static final Value CONTROL_REFERENCE =
            new Value("control-reference", request -> request.controls().rules().reference());

    private final OpenedSet set;
    private final SetRequest given;
    private final SetRequest request;
    private final StrategyOptions options;
    private final AttentionStrategy strategy;
    private final List<String> sentences = new ArrayList<>();

    /**
     * A value of a request.
     *
     * @param name the name that users know
     * @param otherwise its default
     */
    private record Value(String name, Function<SetRequest, Object> of, Object otherwise) {

        Value(String name, Function<SetRequest, Object> of) {
            this(name, of, of.apply(DEFAULTS));
        }

        boolean isSet(SetRequest request) {
            return !Objects.equals(of.apply(request), otherwise);
        }
    }

    /**
     * @param given the request before it was resolved
     * @param set whose plugins are leased
     * @param options resolves the default options of the attention
     */
    UnusedValues(SetRequest given, OpenedSet set, StrategyOptions options) {
        this.given = given;
        this.set = set;
        this.request = set.request();
        this.options = options;
        this.strategy = set.strategies().common();
    }

    /** Returns a sentence for each reason. */
    List<String> sentences() {
        withoutReferences();
        withoutSharing();
        withoutGuidance();
        withoutControls();
        withoutInitImages();
        withoutPanorama();
        withoutRegions();
        unused(
                request.card() == null && request.contexts().inputs().isEmpty(),
                "The set has no context",
                new Value("summary", any -> any.contexts().summary().when()));
        boolean isSplit = request.execution().chunk() < request.items().size();
        unused(
                strategy.coupling() == Coupling.SET && isSplit,
                "The attention '%s' passes all images as one chunk"
                        .formatted(request.sharing().attention()),
                new Value("chunk", any -> any.execution().chunk()));
        return sentences;
    }

    private void withoutReferences() {
        int references = request.references().images().size();
        unused(
                references == 0,
                "The set has no reference image",
                new Value("inversion-method", any -> any.inversion().method()),
                new Value("inversion-steps", any -> any.inversion().steps()),
                new Value("inversion-cfg", any -> any.inversion().cfgScale()),
                new Value("inversion-offset", any -> any.inversion().offset()));
        boolean addsNoise = references > 0 && request.inversion().method() == InversionMethod.NOISE;
        // A resolved request has the sampling steps and the offset 0.
        Integer steps = given.inversion().steps();
        unused(
                addsNoise && steps != null && !steps.equals(request.sampling().steps()),
                "References get noise at the sampling steps",
                new Value("inversion-steps", any -> any.inversion().steps()));
        Integer offset = given.inversion().offset();
        unused(
                addsNoise && offset != null && offset != 0,
                "References get noise at the sampling steps",
                new Value("inversion-offset", any -> any.inversion().offset()));
        unused(
                addsNoise,
                "Adding noise to references needs no prediction",
                new Value("inversion-cfg", any -> any.inversion().cfgScale()));
        unused(
                references < 2,
                "The set has fewer than two reference images",
                new Value("blend", any -> any.references().blend()),
                new Value("blend-options", any -> any.references().blendOptions()));
        // A resolved weight is a share of all weights: 1 for a single reference.
        if (given.references().images().size() == 1
                && given.references().images().get(0).weight() != 1) {
            sentences.add("The set has only one reference image, so its weight has no effect.");
        }
    }

    private void withoutSharing() {
        String attention = request.sharing().attention();
        boolean isAlone = request.items().size() == 1 && request.references().isEmpty();
        if (strategy.coupling() == Coupling.NONE) {
            unused(true, "The attention '%s' shares no style".formatted(attention), STYLE_FROM, STYLE_TO);
            return;
        }
        if (isAlone) {
            Value ownOptions =
                    new Value("attention-options", any -> any.sharing().attentionOptions(), defaultOptions());
            unused(
                    true,
                    "The only image has no reference",
                    new Value("attention", any -> any.sharing().attention()),
                    ownOptions,
                    STYLE_FROM,
                    STYLE_TO);
            return;
        }
        int steps = request.sampling().steps();
        if (!new StyleWindow(request.sharing().from(), request.sharing().to()).includesAny(steps)) {
            sentences.add(
                    "The style range from %s to %s includes none of the %d steps, so no style is shared; choose a larger range."
                            .formatted(
                                    request.sharing().from(), request.sharing().to(), steps));
        } else if (!strategy.sharesGroupNorm() && sharesNowhere()) {
            sentences.add("The attention '%s' shares style in no layer with these options, so no style is shared."
                    .formatted(attention));
        }
        withoutEffect();
        boolean isReference = request.references().isEmpty() && strategy.coupling() == Coupling.REFERENCES;
        if (isReference && !request.items().get(0).attentionOptions().isEmpty()) {
            sentences.add("%s: It is the reference, so its own attention options have no effect."
                    .formatted(ItemResolver.title(request, 0)));
        }
    }

    /** Names the options that the strategy itself declares to be without effect. */
    private void withoutEffect() {
        Map<String, Object> defaults = defaultOptions();
        String attention = request.sharing().attention();
        for (UnusedOption option : options.withoutEffect(attention)) {
            if (isGiven(option.name(), defaults)) {
                option.unless()
                        .ifPresentOrElse(
                                other -> {
                                    if (!isGiven(other, defaults)) {
                                        sentences.add("The attention '%s' uses its option %s only with %s."
                                                .formatted(attention, option.name(), other));
                                    }
                                },
                                () -> sentences.add("The attention '%s' accepts its option %s without effect."
                                        .formatted(attention, option.name())));
            }
        }
    }

    /** Whether the set or one of its images gives an option another value than the default. */
    private boolean isGiven(String option, Map<String, Object> defaults) {
        return Stream.concat(
                        Stream.of(request.sharing().attentionOptions()),
                        request.items().stream().map(request.sharing()::attentionOptions))
                .anyMatch(given -> !Objects.equals(given.get(option), defaults.get(option)));
    }

    private Map<String, Object> defaultOptions() {
        return options.resolve(
                request.sharing().attention(), Map.of(), PanoramaResolver.defaults(request), new Faults());
    }

    private boolean sharesNowhere() {
        return Set.copyOf(request.items()).stream().allMatch(this::sharesNowhere);
    }

    private boolean sharesNowhere(SetItem item) {
        AttentionStrategy own = set.strategies().of(item);
        List<AttentionLayer> layers = set.model()
                .attentionLayers(
                        PanoramaResolver.viewWidth(request, set.model(), item),
                        PanoramaResolver.viewHeight(request, set.model(), item));
        // A strategy may look at all layers, so none is skipped.
        return layers.stream().filter(layer -> !own.at(layer).isPlain()).count() == 0;
    }

    private void withoutGuidance() {
        boolean isOfModel = Objects.equals(
                request.negativePrompt(),
                set.model().family().defaults().negativePrompt().orElse(null));
        boolean embedsGuidance = set.model().unet().embedsGuidance();
        boolean isGuided = request.sampling().cfgScale() > 1 && !embedsGuidance;
        boolean isRead = isGuided
                || (!request.controls().isEmpty()
                        && request.controls().rules().promptSource().equals("negative"));
        String reason = embedsGuidance
                ? "The model embeds the guidance scale and has no unconditional half"
                : "A cfg-scale of 1 and below disables guidance";
        unused(!isRead && !isOfModel, reason, new Value("negative-prompt", SetRequest::negativePrompt));
        unused(!isGuided, reason, new Value("guidance-rescale", any -> any.sampling()
                .guidanceRescale()));
    }

    private void withoutControls() {
        if (request.controls().isEmpty()) {
            unused(
                    true,
                    "The set has no control",
                    new Value("control-guess", any -> any.controls().rules().guess()),
                    CONTROL_REFERENCE,
                    new Value("control-words", any -> any.controls().rules().promptSource()));
            return;
        }
        unused(!request.references().isEmpty(), "The set has reference images, not one of its own", CONTROL_REFERENCE);
        int steps = request.sampling().steps();
        for (ControlInput control : request.controls().images()) {
            if (control.scale() == 0 || !isActive(control, steps)) {
                sentences.add("The control %s has no effect: its scale is %s, and its range from %s to %s includes %s."
                        .formatted(
                                control.kind(),
                                control.scale(),
                                control.start(),
                                control.end(),
                                isActive(control, steps)
                                        ? "some of the steps"
                                        : "none of the %d steps".formatted(steps)));
            }
        }
    }

    private void withoutInitImages() {
        unused(request.initImages().isEmpty(), "The set has no init image", new Value("denoise", any -> any.initImages()
                .denoise()));
        unused(
                request.initImages().masks().isEmpty(),
                "The set has no mask",
                new Value("mask-blur", any -> any.initImages().maskBlur()));
    }

    private void withoutPanorama() {
        int width = set.model().width();
        int height = set.model().height();
        Value circular = new Value("panorama-circular", any -> any.panorama().circular());
        if (!request.panorama().enabled()) {
            Value stride = new Value("panorama-stride", any -> any.panorama().stride());
            unused(true, "The set has no panorama", stride, circular);
        } else if (request.items().stream().allMatch(item -> item.width() <= width && item.height() <= height)) {
            sentences.add(
                    "No image is larger than the model's own size, %dx%d, so panorama has no effect; choose a larger size."
                            .formatted(width, height));
        } else {
            unused(
                    request.items().stream().allMatch(item -> item.width() <= width),
                    "No image is wider than the model's own size, %d".formatted(width),
                    circular);
        }
    }

    private void withoutRegions() {
        unused(
                request.regions().isEmpty(),
                "The set has no regions",
                new Value("region_bootstrapping", any -> any.regions().bootstrapping()));
    }

    /** Whether a whole step lies in the range, as in the loop. */
    private static boolean isActive(ControlInput control, int steps) {
        return IntStream.range(0, steps)
                .anyMatch(step ->
                        (double) step / steps >= control.start() && (double) (step + 1) / steps <= control.end());
    }

    /** Adds a sentence that names those of the values that are set. */
    private void unused(boolean applies, String reason, Value... values) {
        if (!applies) {
            return;
        }
        List<String> names = Stream.of(values)
                .filter(value -> value.isSet(request))
                .map(Value::name)
                .toList();
        if (!names.isEmpty()) {
            sentences.add("%s, so %s %s no effect."
                    .formatted(reason, String.join(" and ", names), names.size() == 1 ? "has" : "have"));
        }
    }
}
