package org.atelier.api.set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.region.Region;
import org.atelier.api.region.Regions;

/**
 * Everything that determines the images of a set; request files have the same content. A value that is {@code null} is
 * unset; {@link Studio#resolve} resolves it.
 *
 * @param model name of an installed model, a folder in diffusers' layout, or a single safetensors file; default {@code
 *     sketchbook}
 * @param modelOptions what the set changes of the model
 * @param items one for each image, at least one; empty for one without a prompt for each content image
 * @param style appended to every prompt after a comma; default empty, for none
 * @param negativePrompt what no image should show; {@code null} for none, which differs from an empty text for a model
 *     that uses zero embeddings for no text
 * @param seed image i is generated from the noise of seed + i unless its item has its own seed; {@code null}: random
 * @param sampling steps, guidance, sampler and size
 * @param sharing the attention strategy, and the steps in which it is used
 * @param references the reference images and how they are blended, and the content images
 * @param inversion the inversion of the references
 * @param card the style card that sets the style; default none. A request with a card starts as
 *     {@link StyleCard#newRequest()}: the settings of the card's reference cannot be changed
 * @param contexts inputs that are turned into text for the prompts
 * @param controls images that control shapes
 * @param initImages the pictures that images start from
 * @param panorama images of several windows
 * @param regions parts of images with prompts of their own
 * @param execution device, precision and chunks
 * @param output how the images are written
 */
public record SetRequest(
        String model,
        ModelOptions modelOptions,
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
        InitImages initImages,
        Panorama panorama,
        Regions regions,
        Execution execution,
        ImageOutput output) {

    private static final SetRequest DEFAULT = new SetRequest(
            "sketchbook",
            ModelOptions.DEFAULT,
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
            InitImages.DEFAULT,
            Panorama.DEFAULT,
            Regions.DEFAULT,
            Execution.DEFAULT,
            ImageOutput.DEFAULT);

    /** The separator between the parts of a prompt. */
    static final String SEPARATOR = ", ";

    /** Makes defensive copies. */
    public SetRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(modelOptions, "modelOptions");
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(sharing, "sharing");
        Objects.requireNonNull(references, "references");
        Objects.requireNonNull(inversion, "inversion");
        Objects.requireNonNull(contexts, "contexts");
        Objects.requireNonNull(controls, "controls");
        Objects.requireNonNull(initImages, "initImages");
        Objects.requireNonNull(panorama, "panorama");
        Objects.requireNonNull(regions, "regions");
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(output, "output");
        items = List.copyOf(items);
    }

    /** A builder with all defaults. */
    public static SetRequestBuilder builder() {
        return new SetRequestBuilder(DEFAULT);
    }

    /** A builder with the values of this request. */
    public SetRequestBuilder toBuilder() {
        return new SetRequestBuilder(this);
    }

    /** The prompts of all images, without the style. */
    public List<String> prompts() {
        return items.stream().map(SetItem::prompt).toList();
    }

    /**
     * Its items without the seeds and sizes that equal those derived from the set. This allows the seed and size of a
     * resolved request to be changed: settings of single images are kept.
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
     * The item of image {@code number}, with the set's seed + number and the set's size unless it has its own; these
     * may still be {@code null}.
     */
    public SetItem itemOf(int number) {
        SetItem item = items.get(number - firstGenerated());
        Long derivedSeed = seed == null ? null : Long.valueOf(seed + number);
        return new SetItem(
                item.prompt(),
                item.seed() == null ? derivedSeed : item.seed(),
                item.width() == null ? sampling.width() : item.width(),
                item.height() == null ? sampling.height() : item.height(),
                item.strength(),
                item.attentionOptions());
    }

    /** The number of the first prompt's image: 1 if image 0 is a reference, else 0. */
    public int firstGenerated() {
        return references.isEmpty() ? 0 : 1;
    }

    /**
     * The first item that follows the controls: 1 if item 0 is the reference of the others and not controlled, else 0.
     */
    public int firstControlled() {
        return references.isEmpty() && !controls.rules().reference() ? 1 : 0;
    }

    /**
     * The first item that starts from a picture: 1 if item 0 is generated again as in the set of a style card, else 0.
     */
    public int firstInitialised() {
        return card != null && references.isEmpty() ? 1 : 0;
    }

    /** The prompt of image {@code number}: with the style, or for a reference image 0 the prompts of the references. */
    public String promptOf(int number) {
        if (number < firstGenerated()) {
            return IntStream.range(0, references.images().size())
                    .mapToObj(this::referencePrompt)
                    .collect(Collectors.joining(SEPARATOR));
        }
        return styledPrompt(number - firstGenerated());
    }

    /** The full prompt of item {@code index}: "PROMPT, STYLE, CONTEXTS". */
    public String styledPrompt(int index) {
        return joined(items.get(index).prompt(), style, contexts.text(false));
    }

    /** The full prompt of a region: "PROMPT, STYLE, CONTEXTS". */
    public String styledPrompt(Region region) {
        return joined(region.prompt(), style, contexts.text(false));
    }

    /** The full prompt with which reference {@code index} is inverted: "PROMPT, CONTEXTS". */
    public String referencePrompt(int index) {
        return joined(references.images().get(index).effectivePrompt(), contexts.text(true));
    }

    /**
     * Whether a reference is captioned: it has neither a prompt nor a caption. The reference of a set that redraws
     * content images needs none.
     */
    public boolean needsCaption(ReferenceFile reference) {
        return references.contents().isEmpty() && reference.needsCaption();
    }

    private static String joined(String... texts) {
        return Arrays.stream(texts).filter(text -> !text.isBlank()).collect(Collectors.joining(SEPARATOR));
    }
}
