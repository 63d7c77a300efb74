package org.example.notes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.ContextText;

/** What somebody wrote down: the first line of a text file. */
public final class Notes implements ContextSource {

    @Override
    public void check(String file) {
        if (!Files.isRegularFile(Path.of(file))) {
            throw new AtelierException(Code.INPUT_UNREADABLE, file + ": there is no such file.");
        }
    }

    @Override
    public ContextText read(String file, ReadingListener listener) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return new ContextText(lines.isEmpty() ? "" : lines.get(0).strip(), "notes", null, List.of());
        } catch (IOException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, file + ": not a text in UTF-8.", e);
        }
    }
}
