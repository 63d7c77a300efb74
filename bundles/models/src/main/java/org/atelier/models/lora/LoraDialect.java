package org.atelier.models.lora;

/** How a LoRA file names the matrices of a layer. */
enum LoraDialect {
    /** {@code lora_down}, {@code lora_up}, {@code lora_mid} and {@code alpha}, of kohya-ss/sd-scripts and LyCORIS. */
    KOHYA("kohya"),
    /** {@code lora_A} and {@code lora_B}. */
    PEFT("PEFT"),
    /** {@code lora.down}, {@code lora_linear_layer.down} and {@code processor.to_q_lora.down}, of diffusers. */
    DIFFUSERS("diffusers");

    private final String title;

    LoraDialect(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
