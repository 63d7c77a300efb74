package org.atelier.requests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.SetItem;

/** The fields of an item: one image of a set. */
final class ItemFields {

    private static final Field<PicturedItem, String> PROMPT = Field.of(
                    "prompt",
                    SharedTypes.PROMPT,
                    "What the image shows; the style and the contexts are appended. It may be empty only if there are"
                            + " contexts.",
                    (PicturedItem each) -> each.item().prompt())
            .mandatory();
    private static final Field<PicturedItem, Long> SEED = Field.of(
                    "seed", SharedTypes.SEED, "Seed of its noise.", (PicturedItem each) -> each.item()
                            .seed())
            .describeDefault("the set's seed + its number");
    private static final Field<PicturedItem, Integer> WIDTH = Field.of(
                    "width", SharedTypes.SIDE, "", (PicturedItem each) -> each.item()
                            .width())
            .describeDefault("the set's");
    private static final Field<PicturedItem, Integer> HEIGHT = Field.of(
                    "height", SharedTypes.SIDE, "", (PicturedItem each) -> each.item()
                            .height())
            .describeDefault("the set's");
    private static final Field<PicturedItem, String> STRENGTH = Field.of(
            "strength",
            SharedTypes.STRENGTH,
            "Strength of the style for this image.",
            (PicturedItem each) -> each.item().strength());
    private static final Field<PicturedItem, Map<String, Object>> ATTENTION_OPTIONS = Field.of(
                    "attention_options",
                    SharedTypes.OPTIONS,
                    "Options that override the set's for this image.",
                    (PicturedItem each) -> each.item().attentionOptions())
            .withDefault(Map.of())
            .omitIfDefault();

    private static final Field<PicturedItem, ImageFile> INIT_IMAGE = Field.of(
            PicturedItem.INIT_IMAGE,
            ImageFileFields.TYPE,
            "The picture that this image starts from, in place of the set's init_images.",
            PicturedItem::initImage);
    private static final Field<PicturedItem, ImageFile> MASK = Field.of(
            PicturedItem.MASK,
            ImageFileFields.TYPE,
            "Which part of its picture is repainted, in place of the set's masks.",
            PicturedItem::mask);

    static final ObjectType<PicturedItem> OBJECT = new ObjectType<>(
            "an item",
            List.of(PROMPT, SEED, WIDTH, HEIGHT, STRENGTH, ATTENTION_OPTIONS, INIT_IMAGE, MASK),
            values -> new PicturedItem(
                    new SetItem(
                            values.get(PROMPT),
                            values.get(SEED),
                            values.get(WIDTH),
                            values.get(HEIGHT),
                            values.get(STRENGTH),
                            values.get(ATTENTION_OPTIONS)),
                    values.get(INIT_IMAGE),
                    values.get(MASK)));

    static final FieldType<PicturedItem> TYPE = new ShorthandType<>(
                    "A prompt, or an object for an image with its own settings.",
                    SharedTypes.PROMPT,
                    OBJECT,
                    prompt -> PicturedItem.of(SetItem.of(prompt)),
                    each -> each.isPromptOnly() ? Optional.of(each.item().prompt()) : Optional.empty())
            .named("item");

    private ItemFields() {}
}
