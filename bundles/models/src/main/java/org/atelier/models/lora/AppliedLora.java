package org.atelier.models.lora;

/**
 * A LoRA with its strengths.
 *
 * @param file the opened file
 * @param unet strength in the UNet
 * @param textEncoder strength in the text encoders
 */
public record AppliedLora(LoraFile file, double unet, double textEncoder) {

    double strength(AdaptedNetwork network) {
        return network == AdaptedNetwork.UNET ? unet : textEncoder;
    }
}
