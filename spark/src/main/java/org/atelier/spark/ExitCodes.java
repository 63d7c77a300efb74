package org.atelier.spark;

/** The exit codes of {@code atelier batch}. */
final class ExitCodes {

    private ExitCodes() {}

    /** @param code the kind of a fault, in the words of {@code batch.json} */
    static int of(String code) {
        return switch (code) {
            case "invalid_request", "input_unreadable", "job_not_found" -> 2;
            case "model_not_found", "model_invalid" -> 3;
            case "output_unwritable" -> 4;
            case "out_of_memory", "engine_failed", "plugin_withdrawn", "plugin_failed", "queue_full" -> 5;
            case "service_unreachable" -> 6;
            case "cancelled" -> 130;
            default -> 1;
        };
    }
}
