package org.atelier.doctor;

/** Why something failed, in one line without a full stop. */
public final class Cause {

    private static final int LONGEST = 400;

    /** What this house complains of itself: a sentence that says what to do, whatever brought it about. */
    private static final String OURS = "org.atelier.api.AtelierException: ";

    private Cause() {}

    /** The innermost exception says most: what a constructor complained of. */
    public static String of(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return inLine(innermost.toString());
    }

    /**
     * Of a stack trace that was kept as text.
     *
     * @param trace as {@link Throwable#printStackTrace()} writes it
     */
    public static String of(String trace) {
        String innermost = trace.lines().findFirst().orElse("");
        for (String line : trace.lines().toList()) {
            if (line.contains(OURS)) {
                return inLine(line.substring(line.indexOf(OURS) + OURS.length()));
            }
            if (line.startsWith("Caused by: ")) {
                innermost = line.substring("Caused by: ".length());
            }
        }
        return inLine(innermost);
    }

    /** Without the package of the exception, which says nothing to a user. */
    private static String inLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
        String told = line.replaceFirst("^(?:[a-z][\\w]*\\.)+(?=[A-Z])", "");
        return told.length() > LONGEST ? told.substring(0, LONGEST) + " ..." : told;
    }
}
