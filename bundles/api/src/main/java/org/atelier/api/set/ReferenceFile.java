package org.atelier.api.set;

import java.util.Objects;
import org.atelier.api.context.ContextText;

/**
 * An image whose style a set takes.
 *
 * @param file a PNG, JPEG or WebP; a settled request has its absolute path
 * @param prompt what it shows; empty: what {@code resolved} says, or else what the context plugin {@code picture} will say
 * @param weight its share among the references, above 0; a settled request's weights sum to 1
 * @param sha256 of the file, 64 hexadecimal digits; open: whatever the file is. A file that has changed is refused
 * @param resolved what the context plugin {@code picture} said that it shows; open: not asked
 */
public record ReferenceFile(String file, String prompt, double weight, String sha256, ContextText resolved) {

    /** Refuses what cannot be told apart from absent. */
    public ReferenceFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(prompt, "prompt");
    }

    /** An image whose caption was not asked for. */
    public ReferenceFile(String file, String prompt, double weight, String sha256) {
        this(file, prompt, weight, sha256, null);
    }

    /** Whether nobody said yet what it shows. */
    public boolean isWithoutWords() {
        return prompt.isBlank() && resolved == null;
    }

    /** What it shows, by its prompt or else its caption. */
    public String shown() {
        return prompt.isBlank() && resolved != null ? resolved.text() : prompt;
    }

    /** The same image, with its caption. */
    public ReferenceFile saying(ContextText caption) {
        return new ReferenceFile(file, prompt, weight, sha256, caption);
    }

    /** The same image in another place. */
    public ReferenceFile at(String other) {
        return new ReferenceFile(other, prompt, weight, sha256, resolved);
    }
}
