package org.atelier.studio.folder;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;

/** Checks before any work that a new set can be written to a folder, and its style card to a file. */
public final class OutputCheck {

    private OutputCheck() {}

    /**
     * Checks the folder and the style card. Leaves no file behind.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE}
     */
    public static void requireUsable(SetOutput output) {
        Path folder = output.folder().toAbsolutePath().normalize();
        requireUsable(folder);
        if (output.styleCard() != null) {
            requireUsable(output.styleCard().toAbsolutePath().normalize(), folder);
        }
    }

    /**
     * Checks a folder, which need not exist.
     *
     * @param folder absolute
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if it holds files of another set or cannot be written
     */
    static void requireUsable(Path folder) {
        try {
            Path existing = existing(folder);
            requireFolder(existing, folder);
            requireNames(existing, folder);
            requireName(folder.resolve(SetFolder.CONTACT_SHEET + AtomicFile.UNFINISHED));
            if (existing.equals(folder)) {
                SetFolder.refuseEarlierSet(folder);
            }
            requireWritable(existing);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static void requireUsable(Path card, Path folder) {
        try {
            if (Files.exists(card, LinkOption.NOFOLLOW_LINKS)) {
                throw refused("%s exists; choose another name for the style card, or remove it.", card);
            }
            Path parent = card.getParent();
            if (parent == null) {
                throw refused("%s is not a file; choose another name for the style card.", card);
            }
            if (parent.equals(folder)) {
                if (SetFolder.isFileOfASet(card.getFileName().toString())) {
                    throw refused("%s is the name of a file of the set; choose another for the style card.", card);
                }
                return;
            }
            Path existing = existing(parent);
            if (!existing.equals(parent)) {
                throw refused("The folder of the style card, %s, does not exist; create it.", parent);
            }
            requireFolder(parent, card);
            requireName(card.resolveSibling(card.getFileName() + AtomicFile.UNFINISHED));
            requireWritable(parent);
        } catch (IOException e) {
            throw unwritable(card, e);
        }
    }

    /** Returns the path, or the nearest folder above it that exists. A link exists even if its target does not. */
    private static Path existing(Path path) {
        Path existing = path;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static void requireFolder(Path path, Path output) throws IOException {
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw refused(
                    "%s cannot be written: %s is a link to %s, which does not exist; remove the link, or choose another path.",
                    output, path, Files.readSymbolicLink(path));
        }
        if (!Files.isDirectory(path)) {
            throw refused("%s cannot be written: %s is not a folder; choose another path.", output, path);
        }
    }

    /** Looks up each missing name in a folder that exists, because the system checks the length of a name only there. */
    private static void requireNames(Path existing, Path folder) throws IOException {
        for (Path name : existing.relativize(folder)) {
            requireName(existing.resolve(name));
        }
    }

    /** @throws IOException if a file of that name cannot exist */
    private static void requireName(Path path) throws IOException {
        try {
            Files.readAttributes(path, "size", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // The name is free, and valid.
        }
    }

    private static void requireWritable(Path folder) throws IOException {
        Files.delete(Files.createTempFile(folder, ".atelier", AtomicFile.UNFINISHED));
    }

    private static AtelierException unwritable(Path place, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE,
                "%s cannot be written: %s; check the permissions, or choose another path."
                        .formatted(place, IoErrors.of(reason)),
                reason);
    }

    private static AtelierException refused(String message, Path... paths) {
        return new AtelierException(OUTPUT_UNWRITABLE, message.formatted((Object[]) paths));
    }
}
