package org.atelier.models.lora;

import java.util.Locale;

/** A network that a LoRA changes, as its file tells them apart. */
enum AdaptedNetwork {
    UNET,
    TEXT_ENCODER,
    TEXT_ENCODER_2;

    /** The name of diffusers, in the metadata of PEFT. */
    String diffusersName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
