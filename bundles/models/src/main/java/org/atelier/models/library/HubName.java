package org.atelier.models.library;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model of the hub as a user writes it: {@code org/name} or {@code org/name@revision}.
 *
 * @param repository {@code org/name}
 * @param revision a branch, tag or commit; {@code main} unless given
 */
public record HubName(String repository, String revision) {

    /** The default revision. */
    public static final String MAIN = "main";

    private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?";
    private static final Pattern NAME =
            Pattern.compile("(" + PART + "/" + PART + ")(?:@(" + PART + "(?:/" + PART + ")*))?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int LONGEST = 96;

    /** Parses a name; empty if it is not a valid repository name. A valid name cannot escape its folder as a path. */
    public static Optional<HubName> parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()
                || text.contains("--")
                || text.contains("..")
                || name.group(1).length() > LONGEST) {
            return Optional.empty();
        }
        String revision = name.group(2);
        return Optional.of(new HubName(name.group(1), revision == null ? MAIN : revision));
    }

    /** Whether the revision is a commit, which is immutable. */
    public boolean isPinned() {
        return isCommit(revision);
    }

    /** Whether a text is the hash of a commit. */
    public static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Returns the name as a user writes it, without {@code @main}. */
    @Override
    public String toString() {
        return revision.equals(MAIN) ? repository : repository + "@" + revision;
    }
}
