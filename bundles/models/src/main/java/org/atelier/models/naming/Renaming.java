package org.atelier.models.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table of names that exist in two forms; the part of a name at a table's place is replaced in either direction. */
final class Renaming {

    /** A rule: a name that begins with one form begins with the other after renaming. */
    private record Rule(String original, String diffusers) {}

    private final List<Rule> rules = new ArrayList<>();

    /** Adds a rule; both forms end where a name ends or continues with a dot. */
    Renaming with(String original, String diffusers) {
        rules.add(new Rule(original, diffusers));
        return this;
    }

    Optional<String> toDiffusers(String name) {
        for (Rule rule : rules) {
            if (begins(name, rule.original)) {
                return Optional.of(rule.diffusers + name.substring(rule.original.length()));
            }
        }
        return Optional.empty();
    }

    Optional<String> toOriginal(String name) {
        for (Rule rule : rules) {
            if (begins(name, rule.diffusers)) {
                return Optional.of(rule.original + name.substring(rule.diffusers.length()));
            }
        }
        return Optional.empty();
    }

    private static boolean begins(String name, String form) {
        return name.startsWith(form) && (name.length() == form.length() || name.charAt(form.length()) == '.');
    }
}
