package org.atelier.api.health;

import java.util.Objects;

/**
 * One thing that was looked at.
 *
 * @param check which one found it, such as {@code deployed files}
 * @param severity how bad it is
 * @param subject what it is about: a file, a plugin, a configuration, a model, a folder
 * @param message what was found, one sentence or several
 * @param remedy what to do about it, one sentence or several; empty where nothing need be done
 */
public record Finding(String check, Severity severity, String subject, String message, String remedy) {

    /** How bad a finding is, from the mildest. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** It works, but not as somebody may think, or not for long. */
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
