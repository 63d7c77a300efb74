package org.atelier.studio.resolve;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.atelier.api.set.ContextInput;

/** How an input is called where nobody needs to know in which folder it lies. */
public final class InputName {

    private InputName() {}

    /** The name of a file, which in a settled request is an absolute path; any other input as it stands. */
    public static String of(ContextInput context) {
        try {
            Path path = Path.of(context.input());
            return path.isAbsolute() && path.getFileName() != null
                    ? path.getFileName().toString()
                    : context.input();
        } catch (InvalidPathException e) {
            return context.input();
        }
    }
}
