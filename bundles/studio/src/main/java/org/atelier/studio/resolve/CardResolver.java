package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
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
 * Makes of a request with a style card the request of a set in that hand. All that the card's reference was made with is
 * the card's; an image that the first set had is generated from the seed it had there.
 */
final class CardResolver {

    private final SetRequest asked;
    private final OpenedCard opened;
    private final StyleCard card;
    private final SetRequest first;
    private final Faults faults;

    private CardResolver(SetRequest asked, OpenedCard opened, Faults faults) {
        this.asked = asked;
        this.opened = opened;
        this.card = opened.card();
        this.first = card.request();
        this.faults = faults;
    }

    /**
     * Opens the card of a request.
     *
     * @param inputs read the file
     * @return empty where it names none
     * @throws AtelierException if it cannot be read, or has changed since the request was resolved
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
                    "%s has changed since the request was resolved; bring the old card back, or name it anew with --style-card."
                            .formatted(found.file()));
        }
        return Optional.of(opened);
    }

    /** The request with what the card says; what the card does not let it ask is a fault. */
    static SetRequest resolve(SetRequest asked, OpenedCard card, Faults faults) {
        return new CardResolver(asked, card, faults).resolved();
    }

    /** Refuses a model that is not the one whose hand it is. */
    static void checkModel(StyleCard card, ModelConfiguration model, Faults faults) {
        Precision precision =
                Precision.named(card.request().execution().dtype()).orElse(Precision.FLOAT32);
        faults.require(
                model.source().identity(precision).equals(card.modelIdentity()),
                "The card %s is of the model '%s' as it was then, and %s is another; name the folder of the first with --model."
                        .formatted(name(card), card.model(), model.source().path()));
    }

    private SetRequest resolved() {
        checkFixed();
        long seed = asked.seed() == null ? first.seed() : asked.seed();
        return asked.toBuilder()
                .card(card.file())
                .samplerOptions(first.sampling().samplerOptions())
                .cfgScale(first.sampling().cfgScale())
                .width(first.sampling().width())
                .height(first.sampling().height())
                .references(first.references().images())
                .contexts(first.contexts().inputs())
                .summary(first.contexts().summary())
                .inversionSteps(first.inversion().steps())
                .inversionOffset(first.inversion().offset())
                .dtype(
                        asked.execution().dtype() == null
                                ? first.execution().dtype()
                                : asked.execution().dtype())
                .seed(seed)
                .items(items())
                .build();
    }

    /** What the reference was made with cannot be other than it was. */
    private void checkFixed() {
        fixed("style", asked.style(), first.style());
        fixed("negative prompt", asked.negativePrompt(), first.negativePrompt());
        faults.require(
                said(asked).equals(said(first)),
                "The words of contexts are the card's (%s); leave other contexts out, or generate without the card."
                        .formatted(name(card)));
        fixed("sampler", asked.sampling().sampler(), first.sampling().sampler());
        if (!asked.sampling().samplerOptions().isEmpty()) {
            fixed(
                    "sampler options",
                    asked.sampling().samplerOptions(),
                    first.sampling().samplerOptions());
        }
        fixed("steps", asked.sampling().steps(), first.sampling().steps());
        fixedIfSaid("cfg-scale", asked.sampling().cfgScale(), first.sampling().cfgScale());
        fixedIfSaid("width", asked.sampling().width(), first.sampling().width());
        fixedIfSaid("height", asked.sampling().height(), first.sampling().height());
        boolean others = !asked.references().isEmpty() && !sameReferences();
        faults.require(
                !others,
                "A set follows either the card %s or references of its own; leave one of them out."
                        .formatted(name(card)));
        if (!first.references().isEmpty()) {
            fixed("blend", asked.references().blend(), first.references().blend());
            fixed(
                    "blend options",
                    asked.references().blendOptions(),
                    first.references().blendOptions());
            fixed(
                    "inversion-cfg",
                    asked.inversion().cfgScale(),
                    first.inversion().cfgScale());
            fixedIfSaid(
                    "inversion-steps",
                    asked.inversion().steps(),
                    first.inversion().steps());
            fixedIfSaid(
                    "inversion-offset",
                    asked.inversion().offset(),
                    first.inversion().offset());
        }
    }

    /** A file that lay elsewhere is the same reference. */
    private boolean sameReferences() {
        return unplaced(asked).equals(unplaced(first));
    }

    private static List<List<Object>> unplaced(SetRequest request) {
        return request.references().images().stream()
                .map(reference -> List.<Object>of(
                        String.valueOf(reference.sha256()), reference.effectivePrompt(), reference.weight()))
                .toList();
    }

    private static List<List<Object>> said(SetRequest request) {
        return request.contexts().inputs().stream()
                .map(context -> List.<Object>of(
                        context.kind(), context.forReference(), Optional.ofNullable(context.resolved())))
                .toList();
    }

    private void fixedIfSaid(String what, Object said, Object kept) {
        if (said != null) {
            fixed(what, said, kept);
        }
    }

    private void fixed(String what, Object said, Object kept) {
        faults.require(
                Objects.equals(said, kept),
                "The card %s was made with %s and cannot follow another (%s); leave that out, or generate without the card."
                        .formatted(
                                name(card),
                                inWords(what, kept),
                                inWords("", said).strip()));
    }

    private static String inWords(String what, Object value) {
        if (value == null || value.equals("")) {
            return "no " + what;
        }
        return value instanceof String text ? "the %s '%s'".formatted(what, text) : what + " " + value;
    }

    /** Where the first set followed its own image 0, that is image 0 again. */
    private List<SetItem> items() {
        List<SetItem> items = new ArrayList<>();
        asked.items().forEach(item -> items.add(asked.seed() == null ? asBefore(item) : item));
        if (opened.trajectories().isEmpty() && !items.isEmpty()) {
            SetItem reference = first.items().get(0);
            if (stands(items.get(0), reference)) {
                items.remove(0);
            }
            items.add(0, reference);
        }
        return items;
    }

    private boolean stands(SetItem item, SetItem reference) {
        Long seed = item.seed() == null ? asked.seed() : item.seed();
        return item.prompt().equals(reference.prompt()) && Objects.equals(seed, reference.seed());
    }

    /** The image of that prompt in the first set, as far as the item leaves it open. */
    private SetItem asBefore(SetItem item) {
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
