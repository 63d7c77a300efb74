package org.atelier.launcher;

/** Why a bundle does not start, in one line. */
final class Fault {

    private Fault() {}

    /** The innermost message says most: a missing package, or what the bundle's own code complained of. */
    static String of(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        return message.replaceAll("\\s+", " ").strip();
    }
}
