package org.atelier.launcher;

/** Formats the cause of a failure in one line. */
final class Fault {

    private Fault() {}

    /** Returns the innermost message, which is the most specific: a missing package, or the error of the bundle's code. */
    static String of(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        // A terminal would obey control characters, and a plugin's message may hold any.
        return message.replaceAll("\\s+", " ").strip().replaceAll("\\p{Cc}", "?");
    }
}
