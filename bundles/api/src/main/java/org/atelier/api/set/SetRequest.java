package org.atelier.api.set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.context.ContextText;

/**
 * Everything that decides how a set's pictures look: the same record is the recipe file. A value that is {@code null}
 * is left open; {@link Studio#resolve} settles it.
 *
 * @param model name of a model that is here, or a folder in diffusers' layout; default {@code sketchbook}
 * @param items one for each picture, at least one
 * @param style appended to every prompt after a comma; default empty, for none
 * @param negativePrompt what no picture should show; {@code null} for none, which is not the same as empty text for a
 *     model that takes zeros for no text
 * @param seed picture i is drawn from the noise of seed + i unless its item has its own; open: random
 * @param steps denoising steps, 1 to the model's training steps (1000) exclusive; default 50
 * @param cfgScale classifier-free guidance, at least 0; 1 and below draw without guidance; open: 5, with references 10
 * @param sampler {@code ddim}, {@code euler}, {@code dpm++2m} or {@code unipc}; default {@code ddim}
 * @param width pixels, a multiple of the model's factor, also of a reference picture; open: the model's own
 * @param height pixels, a multiple of the model's factor; open: the model's own
 * @param attention name of an attention strategy; default {@code shared}
 * @param attentionOptions the strategy's options by name: Boolean, Number, String or a List of them; what is
 *     absent has its default
 * @param references pictures whose style the set takes; default none, for a set that follows its own first picture.
 *     With references that is picture 0, and the prompts' pictures begin at 1
 * @param contexts what is put into words that join the prompts, after the style, in this order; default none
 * @param summary whether those words are summarized; default {@link ContextSummary#AUTO}
 * @param controls pictures that fix the shapes of the set: of each kind one for all that follow, or one for each of them,
 *     in order; several kinds act together. Default none
 * @param controlRules what holds for all controls; default {@link ControlRules#DEFAULT}
 * @param blend name of what makes one of several references; default {@code slerp}, asked only where there are several
 * @param blendOptions the blend's options by name, as the attention's are
 * @param inversionSteps steps between a reference and noise, 1 to the model's training steps exclusive; open: the steps
 * @param inversionCfg guidance of the inversion, at least 0; default 2
 * @param inversionOffset how many of the noisiest latents of a reference are left out, 0 to the inversion's steps
 *     exclusive; open: a tenth of its steps, at most 5
 * @param card the style card in whose hand the set is drawn; default none. A request with one begins as
 *     {@link StyleCard#hand()}: what the card's reference was made with cannot be changed
 * @param styleFrom the first step in which style is shared, as a fraction of all steps, from 0; default 0
 * @param styleTo the first step in which it no longer is, as a fraction of all steps, to 1; default 1
 * @param chunk pictures that pass the network together, at least 1; open: as many as memory allows. Pictures do not
 *     depend on it beyond rounding
 * @param dtype {@code float32}, {@code bfloat16} or {@code float16}; open: what suits the device, float32 on a CPU
 * @param device {@code cpu} or {@code cuda:N}; open: the first GPU that the engine finds, else the CPU
 * @param metadata whether the pictures say how they were made; default true
 */
public record SetRequest(
        String model,
        List<SetItem> items,
        String style,
        String negativePrompt,
        Long seed,
        int steps,
        Double cfgScale,
        String sampler,
        Integer width,
        Integer height,
        String attention,
        Map<String, Object> attentionOptions,
        List<ReferenceFile> references,
        List<ContextInput> contexts,
        ContextSummary summary,
        List<ControlPicture> controls,
        ControlRules controlRules,
        String blend,
        Map<String, Object> blendOptions,
        Integer inversionSteps,
        double inversionCfg,
        Integer inversionOffset,
        StyleCardFile card,
        double styleFrom,
        double styleTo,
        Integer chunk,
        String dtype,
        String device,
        boolean metadata) {

    private static final String SEPARATOR = ", ";

    /** Copies what could be changed from outside. */
    public SetRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(sampler, "sampler");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(blend, "blend");
        Objects.requireNonNull(summary, "summary");
        items = List.copyOf(items);
        references = List.copyOf(references);
        Objects.requireNonNull(controlRules, "controlRules");
        contexts = List.copyOf(contexts);
        controls = List.copyOf(controls);
        attentionOptions = copied(attentionOptions);
        blendOptions = copied(blendOptions);
    }

    static Map<String, Object> copied(Map<String, Object> options) {
        Map<String, Object> copy = new LinkedHashMap<>(options);
        copy.replaceAll((name, value) -> value instanceof List<?> several ? List.copyOf(several) : value);
        return Collections.unmodifiableMap(copy);
    }

    /** A request with every default, to be filled in. */
    public static SetRequestBuilder builder() {
        return new SetRequestBuilder();
    }

    /** A request like this one, to be changed. */
    public SetRequestBuilder but() {
        return new SetRequestBuilder(this);
    }

    /** What every picture shows, without the style. */
    public List<String> prompts() {
        return items.stream().map(SetItem::prompt).toList();
    }

    /** The options of the attention for one picture: its own, over the set's. */
    public Map<String, Object> attentionOptions(SetItem item) {
        Map<String, Object> options = new LinkedHashMap<>(attentionOptions);
        options.putAll(item.attentionOptions());
        return options;
    }

    /**
     * Its items, with the seeds and sizes left open that the set's own would give them. So a settled request can be
     * changed as a whole: what one picture has of its own stays.
     */
    public List<SetItem> openItems() {
        List<SetItem> open = new ArrayList<>();
        for (SetItem item : items) {
            long number = (long) firstDrawn() + open.size();
            boolean seedFollows = seed != null && Objects.equals(item.seed(), seed + number);
            boolean sizeFollows = Objects.equals(item.width(), width) && Objects.equals(item.height(), height);
            open.add(new SetItem(
                    item.prompt(),
                    seedFollows ? null : item.seed(),
                    sizeFollows ? null : item.width(),
                    sizeFollows ? null : item.height(),
                    item.attentionOptions()));
        }
        return open;
    }

    /**
     * What picture {@code number} is drawn from: its item, with the set's seed + number and the set's size where it has
     * none of its own, as far as those are settled.
     */
    public SetItem itemOf(int number) {
        SetItem item = items.get(number - firstDrawn());
        Long following = seed == null ? null : Long.valueOf(seed + number);
        return new SetItem(
                item.prompt(),
                item.seed() == null ? following : item.seed(),
                item.width() == null ? width : item.width(),
                item.height() == null ? height : item.height(),
                item.attentionOptions());
    }

    /** The number of the first prompt's picture: 1 where picture 0 is a reference, else 0. */
    public int firstDrawn() {
        return references.isEmpty() ? 0 : 1;
    }

    /**
     * The first item that follows the controls: 1 where item 0 is the reference of the others and stays free, else 0.
     */
    public int firstControlled() {
        return references.isEmpty() && !controlRules.reference() ? 1 : 0;
    }

    /** What picture {@code number} shows: its prompt with the style, or for picture 0 what the references show. */
    public String shownBy(int number) {
        if (number < firstDrawn()) {
            return IntStream.range(0, references.size())
                    .mapToObj(this::referencePrompt)
                    .collect(Collectors.joining(", "));
        }
        return styledPrompt(number - firstDrawn());
    }

    /** The text that the picture of prompt {@code index} is drawn from: "PROMPT, STYLE, CONTEXTS". */
    public String styledPrompt(int index) {
        return joined(items.get(index).prompt(), style, contextText(false));
    }

    /** The text by which reference {@code index} is inverted: "PROMPT, CONTEXTS". */
    public String referencePrompt(int index) {
        return joined(references.get(index).shown(), contextText(true));
    }

    /**
     * What the contexts say, joined by commas, or its summary; empty as long as they are not read.
     *
     * @param forReferences those for the references' prompts, not for the set's
     */
    public String contextText(boolean forReferences) {
        ContextText summarized = summary.said(forReferences);
        return summarized == null ? saidInFull(forReferences) : summarized.text();
    }

    /** As {@link #contextText}, whether it was summarized or not. */
    public String saidInFull(boolean forReferences) {
        return contexts.stream()
                .filter(context -> context.forReference() == forReferences && context.said() != null)
                .map(context -> context.said().text())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(SEPARATOR));
    }

    private static String joined(String... texts) {
        return Arrays.stream(texts).filter(text -> !text.isBlank()).collect(Collectors.joining(SEPARATOR));
    }
}
