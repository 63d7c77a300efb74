package org.atelier.api.set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Everything that decides how a set's images look: the same record is the recipe file. A value that is {@code null}
 * is left open; {@link Studio#resolve} settles it.
 *
 * @param model name of a model that is here, or a folder in diffusers' layout; default {@code sketchbook}
 * @param items one for each image, at least one
 * @param style appended to every prompt after a comma; default empty, for none
 * @param negativePrompt what no image should show; {@code null} for none, which is not the same as empty text for a
 *     model that takes zeros for no text
 * @param seed image i is generated from the noise of seed + i unless its item has its own; open: random
 * @param sampling steps, guidance, sampler and size
 * @param sharing the attention strategy, and when it acts
 * @param references images whose style the set takes, and how several become one
 * @param inversion how references are traced back to noise
 * @param card the style card in whose hand the set is generated; default none. A request with one begins as
 *     {@link StyleCard#hand()}: what the card's reference was made with cannot be changed
 * @param contexts what is put into words that join the prompts
 * @param controls images that fix shapes
 * @param execution device, precision and chunks
 * @param output how the images are written
 */
public record SetRequest(
        String model,
        List<SetItem> items,
        String style,
        String negativePrompt,
        Long seed,
        Sampling sampling,
        StyleSharing sharing,
        StyleReferences references,
        Inversion inversion,
        StyleCardFile card,
        Contexts contexts,
        Controls controls,
        Execution execution,
        ImageOutput output) {

    private static final SetRequest DEFAULT = new SetRequest(
            "sketchbook",
            List.of(),
            "",
            null,
            null,
            Sampling.DEFAULT,
            StyleSharing.DEFAULT,
            StyleReferences.DEFAULT,
            Inversion.DEFAULT,
            null,
            Contexts.DEFAULT,
            Controls.DEFAULT,
            Execution.DEFAULT,
            ImageOutput.DEFAULT);

    /** What stands between the parts of a prompt. */
    static final String SEPARATOR = ", ";

    /** Copies what could be changed from outside. */
    public SetRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(sharing, "sharing");
        Objects.requireNonNull(references, "references");
        Objects.requireNonNull(inversion, "inversion");
        Objects.requireNonNull(contexts, "contexts");
        Objects.requireNonNull(controls, "controls");
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(output, "output");
        items = List.copyOf(items);
    }

    /** A request with every default, to be filled in. */
    public static SetRequestBuilder builder() {
        return new SetRequestBuilder(DEFAULT);
    }

    /** A request like this one, to be changed. */
    public SetRequestBuilder but() {
        return new SetRequestBuilder(this);
    }

    /** What every image shows, without the style. */
    public List<String> prompts() {
        return items.stream().map(SetItem::prompt).toList();
    }

    /**
     * Its items, with the seeds and sizes left open that the set's own would give them. So a settled request can be
     * changed as a whole: what one image has of its own stays.
     */
    public List<SetItem> openItems() {
        List<SetItem> open = new ArrayList<>();
        for (SetItem item : items) {
            long number = (long) firstGenerated() + open.size();
            boolean seedFollows = seed != null && Objects.equals(item.seed(), seed + number);
            boolean sizeFollows =
                    Objects.equals(item.width(), sampling.width()) && Objects.equals(item.height(), sampling.height());
            open.add(new SetItem(
                    item.prompt(),
                    seedFollows ? null : item.seed(),
                    sizeFollows ? null : item.width(),
                    sizeFollows ? null : item.height(),
                    item.strength(),
                    item.attentionOptions()));
        }
        return open;
    }

    /**
     * What image {@code number} is generated from: its item, with the set's seed + number and the set's size where it has
     * none of its own, as far as those are settled.
     */
    public SetItem itemOf(int number) {
        SetItem item = items.get(number - firstGenerated());
        Long following = seed == null ? null : Long.valueOf(seed + number);
        return new SetItem(
                item.prompt(),
                item.seed() == null ? following : item.seed(),
                item.width() == null ? sampling.width() : item.width(),
                item.height() == null ? sampling.height() : item.height(),
                item.strength(),
                item.attentionOptions());
    }

    /** The number of the first prompt's image: 1 where image 0 is a reference, else 0. */
    public int firstGenerated() {
        return references.isEmpty() ? 0 : 1;
    }

    /**
     * The first item that follows the controls: 1 where item 0 is the reference of the others and stays free, else 0.
     */
    public int firstControlled() {
        return references.isEmpty() && !controls.rules().reference() ? 1 : 0;
    }

    /** What image {@code number} shows: its prompt with the style, or for image 0 what the references show. */
    public String shownBy(int number) {
        if (number < firstGenerated()) {
            return IntStream.range(0, references.images().size())
                    .mapToObj(this::referencePrompt)
                    .collect(Collectors.joining(SEPARATOR));
        }
        return styledPrompt(number - firstGenerated());
    }

    /** The text that the image of prompt {@code index} is generated from: "PROMPT, STYLE, CONTEXTS". */
    public String styledPrompt(int index) {
        return joined(items.get(index).prompt(), style, contexts.text(false));
    }

    /** The text by which reference {@code index} is inverted: "PROMPT, CONTEXTS". */
    public String referencePrompt(int index) {
        return joined(references.images().get(index).shown(), contexts.text(true));
    }

    private static String joined(String... texts) {
        return Arrays.stream(texts).filter(text -> !text.isBlank()).collect(Collectors.joining(SEPARATOR));
    }
}
