package org.atelier.requests;

import java.util.List;
import java.util.Optional;
import org.atelier.api.model.LoraInput;

/** The fields of a LoRA. */
final class LoraFields {

    private static final double LARGEST_STRENGTH = 100;

    private static final Field<LoraInput, String> LORA = Field.of(
                    "lora",
                    SharedTypes.MODEL,
                    "The name of an installed LoRA (atelier models), or a safetensors file. A file that starts with ./"
                            + " is relative to this file's folder and must be inside it.",
                    LoraInput::lora)
            .mandatory();
    private static final Field<LoraInput, Double> UNET = Field.of(
                    "unet", strength(), "Strength in the UNet.", LoraInput::unet)
            .withDefault(1.0);
    private static final Field<LoraInput, Double> TEXT_ENCODER = Field.of(
                    "text_encoder", strength(), "Strength in the text encoders.", LoraInput::textEncoder)
            .describeDefault("that of the UNet");
    private static final Field<LoraInput, String> SHA256 = Field.of(
            "sha256", SharedTypes.SHA256, "SHA-256 of the file; a changed file is an error.", LoraInput::sha256);

    private static final ObjectType<LoraInput> OBJECT = new ObjectType<>(
            "a LoRA",
            List.of(LORA, UNET, TEXT_ENCODER, SHA256),
            values -> new LoraInput(
                    values.get(LORA),
                    values.get(UNET),
                    values.get(TEXT_ENCODER) == null ? values.get(UNET) : values.get(TEXT_ENCODER),
                    values.get(SHA256)));

    static final FieldType<LoraInput> TYPE = new ShorthandType<>(
            "",
            SharedTypes.MODEL,
            OBJECT,
            LoraInput::of,
            lora -> lora.equals(LoraInput.of(lora.lora())) ? Optional.of(lora.lora()) : Optional.empty());

    private LoraFields() {}

    private static SimpleType<Double> strength() {
        return SimpleType.number().atLeast(-LARGEST_STRENGTH).atMost(LARGEST_STRENGTH);
    }
}
