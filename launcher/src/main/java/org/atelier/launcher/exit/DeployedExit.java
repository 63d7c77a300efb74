package org.atelier.launcher.exit;

/** Takes the place of {@link System#exit} in the classes of deployed bundles. */
public final class DeployedExit {

    private DeployedExit() {}

    /**
     * Refuses to end the process.
     *
     * @throws SecurityException always
     */
    @SuppressWarnings("DoNotCallSuggester") // no source calls it
    public static void exit(int status) {
        throw new SecurityException(
                "it called System.exit(" + status + "), which would end Atelier; a deployed bundle may not do this");
    }
}
