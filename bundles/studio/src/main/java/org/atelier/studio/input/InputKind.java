package org.atelier.studio.input;

/** The kind of an input file, which limits its size. */
public enum InputKind {
    /** A reference or control image. */
    IMAGE("an image", 256L << 20),
    /** A style card: 26 references of Stable Diffusion XL with 50 steps need 340 MB. */
    STYLE_CARD("a style card", 512L << 20),
    /** The inversions of references, as a style card holds them. */
    INVERSIONS("inversions", 512L << 20),
    /** A LoRA: one of rank 128 for Stable Diffusion XL has 800 MB. */
    LORA("a LoRA", 4096L << 20),
    /** The input of a context plugin; no WAV file is larger. */
    CONTEXT("a context", 4096L << 20);

    private final String title;
    private final long maxBytes;

    InputKind(String title, long maxBytes) {
        this.title = title;
        this.maxBytes = maxBytes;
    }

    /** With its article: {@code an image}. */
    String title() {
        return title;
    }

    public long maxBytes() {
        return maxBytes;
    }

    String tooLarge() {
        return "too large for %s, more than %d MiB".formatted(title, maxBytes >> 20);
    }
}
