package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;

/** What a user should hear of a set's contexts before it is generated. */
public final class ContextNotes {

    private ContextNotes() {}

    /** Sentences: what each said and who says so, and what became of it where it was summarized. */
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

    private static String sentence(String what, ContextText said) {
        String confidence =
                said.confidence() == null ? "" : String.format(Locale.ROOT, ", confidence %.2f", said.confidence());
        String text = said.text().isBlank() ? "nothing" : "\"" + said.text() + "\"";
        return "%s: %s (%s%s).".formatted(what, text, said.origin(), confidence);
    }

    private static String summary(ContextText said, String full) {
        return "Summarized by %s to \"%s\"; in full it was \"%s\".".formatted(said.origin(), said.text(), full);
    }

    private static String fileName(String file) {
        return String.valueOf(Path.of(file).getFileName());
    }
}
