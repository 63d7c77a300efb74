package org.atelier.files;

import java.io.IOException;

/** Reports that the file of a journal was removed or replaced while it was in use, so that nothing can be recorded any more. */
public final class JournalRemovedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param cause {@code null} if another file has its name */
    JournalRemovedException(IOException cause) {
        super("the file was removed or replaced while it was in use", cause);
    }
}
