package org.atelier.studio.input;

/** What an input file is, by which its size is bounded. */
public enum InputKind {
    /** A reference or control image. */
    IMAGE("an image", 256L << 20),
    /** A style card: 26 references of Stable Diffusion XL in 50 steps have 340 MB. */
    STYLE_CARD("a style card", 512L << 20),
    /** What a context plugin reads; no WAV file is larger. */
    CONTEXT("a context", 4096L << 20);

    private final String title;
    private final long mostBytes;

    InputKind(String title, long mostBytes) {
        this.title = title;
        this.mostBytes = mostBytes;
    }

    /** With its article: {@code an image}. */
    String title() {
        return title;
    }

    public long mostBytes() {
        return mostBytes;
    }

    String tooLarge() {
        return "too large for %s, more than %d MiB".formatted(title, mostBytes >> 20);
    }
}
