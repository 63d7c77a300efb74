package org.atelier.api.health;

import java.util.Objects;

/**
 * A result of a health check.
 *
 * @param check the name of the check, such as {@code deployed files}
 * @param severity the severity
 * @param subject what it is about: a file, a plugin, a configuration, a model, a folder
 * @param message what was found, one or more sentences
 * @param remedy what to do about it, one or more sentences; empty if nothing is to be done
 */
public record Finding(String check, Severity severity, String subject, String message, String remedy) {

    /** Severities in ascending order. */
    public enum Severity {
        /** No fault. */
        OK,
        /** It works, but perhaps not as expected, or not for long. */
        WARNING,
        /** Something does not work. */
        FAULT
    }

    public Finding {
        Objects.requireNonNull(check);
        Objects.requireNonNull(severity);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(message);
        Objects.requireNonNull(remedy);
    }
}
