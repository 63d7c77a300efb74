package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.model.LoraInput;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.studio.card.CardReader;
import org.atelier.studio.card.OpenedCard;
import org.atelier.studio.input.InputFiles;
import org.atelier.studio.input.InputKind;
import org.atelier.studio.input.InputPath;
import org.atelier.tensor.Precision;

/**
 * Applies a style card to a request. Every value that the reference of the card depends on comes from the card. A prompt of
 * the first set, from which the card was made, keeps its seed.
 */
final class CardResolver {

    private final SetRequest request;
    private final OpenedCard opened;
    private final StyleCard card;
    private final SetRequest first;
    private final Faults faults;

    private CardResolver(SetRequest request, OpenedCard opened, Faults faults) {
        this.request = request;
        this.opened = opened;
        this.card = opened.card();
        this.first = card.request();
        this.faults = faults;
    }

    /**
     * Opens the card of a request.
     *
     * @param inputs reads the file
     * @return empty if the request has no card
     * @throws AtelierException if the card cannot be read, or has changed since the request was resolved
     */
    static Optional<OpenedCard> open(SetRequest request, InputFiles inputs) {
        if (request.card() == null) {
            return Optional.empty();
        }
        OpenedCard opened =
                CardReader.read(inputs.read(InputPath.of(request.card().file()), InputKind.STYLE_CARD));
        StyleCardFile found = opened.card().file();
        String expected = request.card().sha256();
        if (expected != null && !expected.equals(found.sha256())) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s has changed since the request was resolved; restore the old card, or give the new one with --style-card."
                            .formatted(found.file()));
        }
        return Optional.of(opened);
    }

    /** Returns the request with the values of the card; values that conflict with the card are faults. */
    static SetRequest resolve(SetRequest request, OpenedCard card, Faults faults) {
        return new CardResolver(request, card, faults).resolved();
    }

    /** Refuses a model other than the one that the card was made with. */
    static void checkModel(StyleCard card, ModelConfiguration model, Faults faults) {
        Precision precision =
                Precision.named(card.request().execution().dtype()).orElse(Precision.FLOAT32);
        faults.require(
                model.source().identity(precision).equals(card.modelIdentity()),
                "The card %s was made with the model '%s', and %s is another model or version; give the folder of the card's model with --model."
                        .formatted(name(card), card.model(), model.source().path()));
    }

    /**
     * Refuses LoRAs other than those that the card was made with.
     *
     * @param request the resolved request
     */
    static void checkLoras(StyleCard card, SetRequest request, Faults faults) {
        List<LoraInput> expected = card.request().modelOptions().loras();
        boolean same = withoutNames(request).equals(withoutNames(card.request()));
        faults.require(
                same,
                expected.isEmpty()
                        ? "The card %s was made without LoRAs; omit --lora, or generate without the card."
                                .formatted(name(card))
                        : "The card %s was made with %s; give the same files and strengths with --lora, or generate without the card."
                                .formatted(name(card), described(expected)));
    }

    /** The same file may have another name or be elsewhere. */
    private static List<LoraInput> withoutNames(SetRequest request) {
        return request.modelOptions().loras().stream()
                .map(lora -> lora.withLora(""))
                .toList();
    }

    private static String described(List<LoraInput> loras) {
        return loras.stream()
                .map(lora -> "the LoRA %s=%s:%s".formatted(lora.lora(), lora.unet(), lora.textEncoder()))
                .collect(Collectors.joining(" and "));
    }

    private SetRequest resolved() {
        checkFixed();
        long seed = request.seed() == null ? first.seed() : request.seed();
        return request.toBuilder()
                .card(card.file())
                .sampler(first.sampling().sampler())
                .samplerOptions(first.sampling().samplerOptions())
                .steps(first.sampling().steps())
                .cfgScale(first.sampling().cfgScale())
                .width(side(request.sampling().width(), first.sampling().width()))
                .height(side(request.sampling().height(), first.sampling().height()))
                .prediction(
                        request.modelOptions().prediction() == null
                                ? first.modelOptions().prediction()
                                : request.modelOptions().prediction())
                .references(first.references().images())
                .contexts(first.contexts().inputs())
                .summary(first.contexts().summary())
                .inversionMethod(first.inversion().method())
                .inversionSteps(first.inversion().steps())
                .inversionCfg(first.inversion().cfgScale())
                .inversionOffset(first.inversion().offset())
                .dtype(
                        request.execution().dtype() == null
                                ? first.execution().dtype()
                                : request.execution().dtype())
                .seed(seed)
                .items(items())
                .build();
    }

    /** Returns a side of the images. The reference of panoramas has its own size, so theirs is free. */
    private Integer side(Integer given, Integer ofCard) {
        return given != null && request.panorama().enabled() ? given : ofCard;
    }

    /** Checks that the request has the values that the reference was generated with. */
    private void checkFixed() {
        requireSame("style", request.style(), first.style());
        requireSame("negative prompt", request.negativePrompt(), first.negativePrompt());
        faults.require(
                contextTexts(request).equals(contextTexts(first)),
                "The texts of contexts come from the card %s; omit other contexts, or generate without the card."
                        .formatted(name(card)));
        requireSameIfGiven(
                "sampler", request.sampling().sampler(), first.sampling().sampler());
        if (!request.sampling().samplerOptions().isEmpty()) {
            requireSame(
                    "sampler options",
                    request.sampling().samplerOptions(),
                    first.sampling().samplerOptions());
        }
        requireSameIfGiven("steps", request.sampling().steps(), first.sampling().steps());
        requireSame(
                "clip-skip",
                request.modelOptions().clipSkip(),
                first.modelOptions().clipSkip());
        if (first.modelOptions().prediction() != null) {
            requireSameIfGiven(
                    "prediction",
                    request.modelOptions().prediction(),
                    first.modelOptions().prediction());
        }
        requireSame(
                "guidance-rescale",
                request.sampling().guidanceRescale(),
                first.sampling().guidanceRescale());
        requireSameIfGiven(
                "cfg-scale", request.sampling().cfgScale(), first.sampling().cfgScale());
        if (!request.panorama().enabled()) {
            requireSameIfGiven(
                    "width", request.sampling().width(), first.sampling().width());
            requireSameIfGiven(
                    "height", request.sampling().height(), first.sampling().height());
        }
        boolean others = !request.references().isEmpty() && !sameReferences();
        faults.require(
                !others,
                "A set uses either the card %s or its own references; omit one of them.".formatted(name(card)));
        if (!first.references().isEmpty()) {
            requireSame(
                    "blend", request.references().blend(), first.references().blend());
            requireSame(
                    "blend options",
                    request.references().blendOptions(),
                    first.references().blendOptions());
            requireSameIfGiven(
                    "inversion-cfg",
                    request.inversion().cfgScale(),
                    first.inversion().cfgScale());
            requireSameIfGiven(
                    "inversion-method",
                    request.inversion().method(),
                    first.inversion().method());
            requireSameIfGiven(
                    "inversion-steps",
                    request.inversion().steps(),
                    first.inversion().steps());
            requireSameIfGiven(
                    "inversion-offset",
                    request.inversion().offset(),
                    first.inversion().offset());
        }
    }

    /** Compares references without their paths, since the same file may be elsewhere. */
    private boolean sameReferences() {
        return withoutPaths(request).equals(withoutPaths(first));
    }

    private static List<List<Object>> withoutPaths(SetRequest request) {
        return request.references().images().stream()
                .map(reference -> List.<Object>of(
                        String.valueOf(reference.sha256()), reference.effectivePrompt(), reference.weight()))
                .toList();
    }

    private static List<List<Object>> contextTexts(SetRequest request) {
        return request.contexts().inputs().stream()
                .map(context -> List.<Object>of(
                        context.kind(), context.forReference(), Optional.ofNullable(context.resolved())))
                .toList();
    }

    private void requireSameIfGiven(String what, Object actual, Object expected) {
        if (actual != null) {
            requireSame(what, actual, expected);
        }
    }

    private void requireSame(String what, Object actual, Object expected) {
        faults.require(
                Objects.equals(actual, expected),
                "The card %s was made with %s and does not support another value (%s); omit that value, or generate without the card."
                        .formatted(name(card), description(what, expected), shown(actual)));
    }

    private static String description(String what, Object value) {
        if (value == null || value.equals("")) {
            return "no " + what;
        }
        return (value instanceof String ? "the " : "") + what + " " + shown(value);
    }

    private static String shown(Object value) {
        if (value == null || value.equals("")) {
            return "none";
        }
        return value instanceof String text ? "'" + text + "'" : value.toString();
    }

    /** Returns the items. If image 0 of the first set was its reference, it is image 0 of this set too. */
    private List<SetItem> items() {
        List<SetItem> items = new ArrayList<>();
        request.items().forEach(item -> items.add(request.seed() == null ? fromFirstSet(item) : item));
        if (opened.trajectories().isEmpty() && !items.isEmpty()) {
            SetItem reference = first.items().get(0);
            if (isReference(items.get(0), reference)) {
                items.remove(0);
            }
            items.add(0, reference);
        }
        return items;
    }

    private boolean isReference(SetItem item, SetItem reference) {
        Long seed = item.seed() == null ? request.seed() : item.seed();
        return item.prompt().equals(reference.prompt()) && Objects.equals(seed, reference.seed());
    }

    /** Completes an item with the values that the same prompt had in the first set. */
    private SetItem fromFirstSet(SetItem item) {
        if (item.seed() != null) {
            return item;
        }
        Optional<SetItem> earlier = first.items().stream()
                .filter(one -> one.prompt().equals(item.prompt()))
                .findFirst();
        if (item.isPromptOnly()) {
            return earlier.orElse(item);
        }
        return earlier.map(one -> new SetItem(
                        item.prompt(),
                        one.seed(),
                        item.width(),
                        item.height(),
                        item.strength(),
                        item.attentionOptions()))
                .orElse(item);
    }

    private static String name(StyleCard card) {
        return String.valueOf(Path.of(card.file().file()).getFileName());
    }
}
