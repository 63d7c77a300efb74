package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.files.Reasons;
import org.atelier.files.WholeFile;

/**
 * The folder of one set: taken before any work, filled with files that are whole or absent, and gone again if the set
 * failed before its first file.
 */
final class SetFolder implements AutoCloseable {

    static final String CONTACT_SHEET = "contact-sheet.png";
    static final String RECORD = "set.json";

    private static final Pattern EARLIER =
            Pattern.compile("\\d{3,}(-[a-z])?\\.png|contact-sheet\\.png|set\\.json|control-.+\\.png");

    private final Path folder;
    private final Deque<Path> created;

    private SetFolder(Path folder, Deque<Path> created) {
        this.folder = folder;
        this.created = created;
    }

    /**
     * Creates the folder where it is missing and sees that files can be written there.
     *
     * @throws AtelierException if it holds an earlier set or cannot be written
     */
    static SetFolder take(Path folder) {
        Deque<Path> created = new ArrayDeque<>();
        SetFolder taken = new SetFolder(folder, created);
        try {
            for (Path missing = folder.toAbsolutePath(); !Files.exists(missing); missing = missing.getParent()) {
                created.add(missing);
            }
            Files.createDirectories(folder);
            taken.refuseEarlierSet();
            taken.removeUnfinished();
            WholeFile.probe(folder.resolve(RECORD));
        } catch (IOException e) {
            taken.close();
            throw unwritable(folder, e);
        }
        return taken;
    }

    /** The name of a picture's file: three digits, or as many as a larger set needs to stay in order. */
    static String pictureName(int index, int count) {
        int digits = Math.max(3, Integer.toString(count - 1).length());
        return "0".repeat(Math.max(0, digits - Integer.toString(index).length())) + index + ".png";
    }

    /** The name of a reconstruction's file: picture 0, with a letter where references are kept apart. */
    static String reconstructionName(int index, int references, int count) {
        String zero = pictureName(0, count);
        return references == 1 ? zero : zero.replace(".png", "-" + (char) ('a' + index) + ".png");
    }

    Path path() {
        return folder;
    }

    /** Writes a file whole: beside its place first, forced to the disk, then moved there in one step. */
    WrittenFile write(String name, byte[] content) {
        Path file = folder.resolve(name);
        try {
            WholeFile.write(file, out -> out.write(content));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return new WrittenFile(file, sha256(content));
    }

    /** Removes the folders that {@link #take} created, as far as they are empty. */
    @Override
    public void close() {
        for (Path path : created) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return; // It holds files: the set's, or another's.
            }
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private void refuseEarlierSet() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> EARLIER.matcher(file.getFileName().toString()).matches())) {
            for (Path file : files) {
                throw new AtelierException(
                        OUTPUT_UNWRITABLE,
                        "%s holds files of an earlier set (%s); choose another folder or empty it."
                                .formatted(folder, file.getFileName()));
            }
        }
    }

    /** What a killed process left behind. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> {
            String name = file.getFileName().toString();
            return name.endsWith(WholeFile.UNFINISHED)
                    && EARLIER.matcher(name.substring(0, name.length() - WholeFile.UNFINISHED.length()))
                            .matches();
        })) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static AtelierException unwritable(Path place, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(place, Reasons.of(reason)), reason);
    }
}
