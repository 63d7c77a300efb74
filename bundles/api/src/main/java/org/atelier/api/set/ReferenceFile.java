package org.atelier.api.set;

import java.util.Objects;
import org.atelier.api.context.ContextText;

/**
 * A reference image, whose style a set takes.
 *
 * @param file a PNG, JPEG or WebP; in a resolved request, its absolute path
 * @param prompt what it shows; empty: the caption in {@code resolved}, or else the caption that the context plugin
 *     {@code picture} will generate
 * @param weight its share among the references, above 0; in a resolved request, the weights sum to 1
 * @param sha256 of the file, 64 hexadecimal digits; {@code null}: any content. A changed file is an error
 * @param resolved the caption that the context plugin {@code picture} generated; {@code null}: not generated
 */
public record ReferenceFile(String file, String prompt, double weight, String sha256, ContextText resolved) {

    /** Rejects null values. */
    public ReferenceFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(prompt, "prompt");
    }

    /** An image without a generated caption. */
    public ReferenceFile(String file, String prompt, double weight, String sha256) {
        this(file, prompt, weight, sha256, null);
    }

    /** Whether it has neither a prompt nor a caption. */
    public boolean needsCaption() {
        return prompt.isBlank() && resolved == null;
    }

    /** Its prompt, or else its caption. */
    public String effectivePrompt() {
        return prompt.isBlank() && resolved != null ? resolved.text() : prompt;
    }

    /** A copy with a caption. */
    public ReferenceFile withText(ContextText caption) {
        return new ReferenceFile(file, prompt, weight, sha256, caption);
    }

    /** A copy with another path. */
    public ReferenceFile withFile(String path) {
        return new ReferenceFile(path, prompt, weight, sha256, resolved);
    }
}
