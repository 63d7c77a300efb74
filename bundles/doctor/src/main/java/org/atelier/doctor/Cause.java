package org.atelier.doctor;

/** Formats the cause of a failure in one line without a full stop. */
public final class Cause {

    private static final int LIMIT = 400;

    /** The prefix of Atelier's own exceptions, whose messages name the remedy and are preferred to their causes. */
    private static final String ATELIER_EXCEPTION = "org.atelier.api.AtelierException: ";

    private Cause() {}

    /** Returns the innermost exception, which is the most specific. */
    public static String of(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return singleLine(innermost.toString());
    }

    /**
     * Returns the cause from a stack trace.
     *
     * @param trace as {@link Throwable#printStackTrace()} writes it
     */
    public static String of(String trace) {
        String innermost = trace.lines().findFirst().orElse("");
        for (String line : trace.lines().toList()) {
            if (line.contains(ATELIER_EXCEPTION)) {
                return singleLine(line.substring(line.indexOf(ATELIER_EXCEPTION) + ATELIER_EXCEPTION.length()));
            }
            if (line.startsWith("Caused by: ")) {
                innermost = line.substring("Caused by: ".length());
            }
        }
        return singleLine(innermost);
    }

    /** Removes the package of the exception, which is of no use to a user. */
    private static String singleLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
        String reported = line.replaceFirst("^(?:[a-z][\\w]*\\.)+(?=[A-Z])", "");
        return reported.length() > LIMIT ? reported.substring(0, LIMIT) + " ..." : reported;
    }
}
