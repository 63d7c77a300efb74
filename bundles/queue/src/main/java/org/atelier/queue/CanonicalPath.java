package org.atelier.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A path with all symbolic links resolved, so that different names of one file or folder are equal.
 *
 * @param existing the deepest existing folder or file on the path, with every link resolved
 * @param missing the names below it that do not exist
 */
record CanonicalPath(Path existing, Path missing) {

    /** @param path absolute */
    static CanonicalPath of(Path path) {
        Path existing = path;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return new CanonicalPath(existing.toRealPath(), existing.relativize(path));
        } catch (IOException e) {
            // It was removed meanwhile, or cannot be read; then links remain unresolved.
            return new CanonicalPath(existing, existing.relativize(path));
        }
    }

    /** Whether this is the folder, or lies below it. */
    boolean isIn(CanonicalPath folder) {
        if (!folder.missing.toString().isEmpty()) {
            return existing.equals(folder.existing) && missing.startsWith(folder.missing);
        }
        for (Path above = existing; above != null; above = above.getParent()) {
            if (isSame(above, folder.existing)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanonicalPath location
                && missing.equals(location.missing)
                && isSame(existing, location.existing);
    }

    @Override
    public int hashCode() {
        return missing.hashCode();
    }

    /** Also true for two mounts of one folder. */
    private static boolean isSame(Path one, Path another) {
        try {
            return Files.isSameFile(one, another);
        } catch (IOException e) {
            return false;
        }
    }
}
