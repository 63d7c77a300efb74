package org.atelier.requests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.set.SetItem;

/** The fields of an item: one image of a set. */
final class ItemFields {

    private static final Field<SetItem, String> PROMPT = Field.of(
                    "prompt",
                    SharedTypes.PROMPT,
                    "What the image shows; the style and the contexts are appended. It may be empty only if there are"
                            + " contexts.",
                    SetItem::prompt)
            .mandatory();
    private static final Field<SetItem, Long> SEED = Field.of(
                    "seed", SharedTypes.SEED, "Seed of its noise.", SetItem::seed)
            .describeDefault("the set's seed + its number");
    private static final Field<SetItem, Integer> WIDTH =
            Field.of("width", SharedTypes.SIDE, "", SetItem::width).describeDefault("the set's");
    private static final Field<SetItem, Integer> HEIGHT =
            Field.of("height", SharedTypes.SIDE, "", SetItem::height).describeDefault("the set's");
    private static final Field<SetItem, String> STRENGTH =
            Field.of("strength", SharedTypes.STRENGTH, "Strength of the style for this image.", SetItem::strength);
    private static final Field<SetItem, Map<String, Object>> ATTENTION_OPTIONS = Field.of(
                    "attention_options",
                    SharedTypes.OPTIONS,
                    "Options that override the set's for this image.",
                    SetItem::attentionOptions)
            .withDefault(Map.of())
            .omitIfDefault();

    static final ObjectType<SetItem> OBJECT = new ObjectType<>(
            "an item",
            List.of(PROMPT, SEED, WIDTH, HEIGHT, STRENGTH, ATTENTION_OPTIONS),
            values -> new SetItem(
                    values.get(PROMPT),
                    values.get(SEED),
                    values.get(WIDTH),
                    values.get(HEIGHT),
                    values.get(STRENGTH),
                    values.get(ATTENTION_OPTIONS)));

    static final FieldType<SetItem> TYPE = new ShorthandType<>(
                    "A prompt, or an object for an image with its own settings.",
                    SharedTypes.PROMPT,
                    OBJECT,
                    SetItem::of,
                    item -> item.isPromptOnly() ? Optional.of(item.prompt()) : Optional.empty())
            .named("item");

    private ItemFields() {}
}
