package org.atelier.studio.card;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.studio.input.InputFile;
import org.atelier.studio.input.InputKind;
import org.atelier.text.ControlCharacters;

/**
 * The ZIP archive of a style card, with its entries in memory. The reader treats it as untrusted input: it accepts only the
 * entry names of a card, each once, and limits sizes whatever the directory of the archive says.
 *
 * @param entries the contents by name, {@code card.json} first
 */
record CardArchive(Map<String, byte[]> entries) {

    /** The entry that describes the card. */
    static final String TEXT = "card.json";

    /** Image 0, for users who open the archive. */
    static final String PREVIEW = "preview.png";

    static final long MAX_BYTES = InputKind.STYLE_CARD.maxBytes();

    private static final int MAX_SMALL_BYTES = 16 << 20;
    private static final Pattern NAMES = Pattern.compile("card\\.json|preview\\.png|reference-[a-z]\\.safetensors");

    /** ZIP entries need a time; a fixed one makes the file of the same card identical. */
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Returns the name of the entry for the trajectory of a reference. */
    static String reference(int index) {
        return "reference-" + (char) ('a' + index) + ".safetensors";
    }

    /** Whether a file starts with the signature of a ZIP archive; false if it cannot be read. */
    static boolean isZip(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && start[0] == 'P' && start[1] == 'K';
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the size of all entries. */
    long bytes() {
        return entries.values().stream().mapToLong(content -> content.length).sum();
    }

    void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, byte[]> content : entries.entrySet()) {
            ZipEntry entry = new ZipEntry(content.getKey());
            entry.setTimeLocal(FIXED_TIME);
            zip.putNextEntry(entry);
            zip.write(content.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }

    /**
     * Reads an archive.
     *
     * @param title what errors call it, with its article
     * @throws AtelierException if it is not a card's archive, damaged, or larger than a card can be
     */
    static CardArchive read(InputFile input, String title) {
        Path file = input.source();
        try {
            if (!isZip(input.copy())) {
                throw unreadable(file, "not " + title, null);
            }
            try (ZipFile zip = new ZipFile(input.copy().toFile())) {
                return new CardArchive(entries(zip, file, title));
            }
        } catch (ZipException e) {
            throw unreadable(file, title + " that is damaged or truncated; copy it again", e);
        } catch (IOException e) {
            throw unreadable(file, IoErrors.of(e), e);
        } catch (OutOfMemoryError e) {
            throw unreadable(file, title + " that is too large for Java's memory", e);
        }
    }

    private static Map<String, byte[]> entries(ZipFile zip, Path file, String title) throws IOException {
        if (zip.getEntry(TEXT) == null) {
            throw unreadable(file, "not " + title + ": the ZIP archive has no " + TEXT, null);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        long remaining = MAX_BYTES;
        for (Enumeration<? extends ZipEntry> each = zip.entries(); each.hasMoreElements(); ) {
            ZipEntry entry = each.nextElement();
            String name = entry.getName();
            if (!NAMES.matcher(name).matches()) {
                throw unreadable(file, "not " + title + ": unexpected entry '" + printable(name) + "'", null);
            }
            byte[] content = content(zip, entry, Math.min(remaining, maxBytes(name)), file, title);
            remaining -= content.length;
            if (entries.put(name, content) != null) {
                throw unreadable(file, "not " + title + ": " + name + " occurs twice", null);
            }
        }
        return entries;
    }

    private static long maxBytes(String name) {
        return name.endsWith(".safetensors") ? MAX_BYTES : MAX_SMALL_BYTES;
    }

    /** Limits the number of bytes that are inflated, since the directory of the archive may state any size. */
    private static byte[] content(ZipFile zip, ZipEntry entry, long maxBytes, Path file, String title)
            throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes((int) maxBytes);
            if (in.read() != -1) {
                throw unreadable(file, entry.getName() + " is larger than " + title + " allows", null);
            }
            CRC32 sum = new CRC32();
            sum.update(content);
            if (sum.getValue() != entry.getCrc()) {
                throw new ZipException("wrong checksum of " + entry.getName());
            }
            return content;
        }
    }

    /** Returns an untrusted name as short text on one line. */
    private static String printable(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }

    static AtelierException unreadable(Path file, String why, Throwable cause) {
        return new AtelierException(INPUT_UNREADABLE, ControlCharacters.shown(file + ": " + why + "."), cause);
    }
}
