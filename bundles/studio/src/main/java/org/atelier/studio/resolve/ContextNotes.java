package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;

/** The notes about the contexts of a set, for the user before it is generated. */
public final class ContextNotes {

    private ContextNotes() {}

    /** Returns sentences: the text of each context and its origin, and the summary if there is one. */
    public static List<String> of(SetRequest request) {
        List<String> notes = new ArrayList<>();
        for (ContextInput context : request.contexts().inputs()) {
            if (context.resolved() != null) {
                notes.add(sentence("Context " + context.kind() + ", " + context.displayName(), context.resolved()));
            }
        }
        for (ReferenceFile reference : request.references().images()) {
            if (reference.resolved() != null && reference.prompt().isBlank()) {
                notes.add(sentence("Reference " + fileName(reference.file()), reference.resolved()));
            }
        }
        if (request.contexts().summary().resolved() != null) {
            notes.add(summary(
                    request.contexts().summary().resolved(), request.contexts().fullText(false)));
        }
        if (request.contexts().summary().resolvedForReferences() != null) {
            notes.add(summary(
                    request.contexts().summary().resolvedForReferences(),
                    request.contexts().fullText(true)));
        }
        return notes;
    }

    private static String sentence(String what, ContextText resolved) {
        String confidence = resolved.confidence() == null
                ? ""
                : String.format(Locale.ROOT, ", confidence %.2f", resolved.confidence());
        String text = resolved.text().isBlank() ? "nothing" : "\"" + resolved.text() + "\"";
        return "%s: %s (%s%s).".formatted(what, text, resolved.origin(), confidence);
    }

    private static String summary(ContextText resolved, String full) {
        return "Summarised by %s to \"%s\"; the full text was \"%s\"."
                .formatted(resolved.origin(), resolved.text(), full);
    }

    private static String fileName(String file) {
        return String.valueOf(Path.of(file).getFileName());
    }
}
