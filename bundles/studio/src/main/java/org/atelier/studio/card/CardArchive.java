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

/**
 * The zip that a style card is, its entries in memory. It is read as a stranger's: only the names that a card has, each
 * once, and no more of anything than a card can hold, whatever its directory claims.
 *
 * @param entries by name, the card's text first
 */
record CardArchive(Map<String, byte[]> entries) {

    /** The card's text. */
    static final String TEXT = "card.json";

    /** Image 0, for whoever opens the zip. */
    static final String PREVIEW = "preview.png";

    static final long MOST_BYTES = InputKind.STYLE_CARD.mostBytes();

    private static final int MOST_SMALL_BYTES = 16 << 20;
    private static final Pattern NAMES = Pattern.compile("card\\.json|preview\\.png|reference-[a-z]\\.safetensors");

    /** Zip has no entry without a time; the same card is the same file whenever it is written. */
    private static final LocalDateTime TIMELESS = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** The entry for the trajectory of a reference. */
    static String reference(int index) {
        return "reference-" + (char) ('a' + index) + ".safetensors";
    }

    /** Whether a file begins as a zip does; one that cannot be read does not. */
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

    /** Of all entries. */
    long bytes() {
        return entries.values().stream().mapToLong(content -> content.length).sum();
    }

    void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, byte[]> content : entries.entrySet()) {
            ZipEntry entry = new ZipEntry(content.getKey());
            entry.setTimeLocal(TIMELESS);
            zip.putNextEntry(entry);
            zip.write(content.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }

    /** @throws AtelierException if it is not a card's archive, damaged, or larger than a card can be */
    static CardArchive read(InputFile input) {
        Path file = input.source();
        try {
            if (!isZip(input.copy())) {
                throw unreadable(file, "no style card", null);
            }
            try (ZipFile zip = new ZipFile(input.copy().toFile())) {
                return new CardArchive(entries(zip, file));
            }
        } catch (ZipException e) {
            throw unreadable(file, "a style card that is damaged or was cut off; bring it here again", e);
        } catch (IOException e) {
            throw unreadable(file, IoErrors.of(e), e);
        } catch (OutOfMemoryError e) {
            throw unreadable(file, "a style card too large for Java's memory", e);
        }
    }

    private static Map<String, byte[]> entries(ZipFile zip, Path file) throws IOException {
        if (zip.getEntry(TEXT) == null) {
            throw unreadable(file, "no style card: a zip without " + TEXT, null);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        long left = MOST_BYTES;
        for (Enumeration<? extends ZipEntry> each = zip.entries(); each.hasMoreElements(); ) {
            ZipEntry entry = each.nextElement();
            String name = entry.getName();
            if (!NAMES.matcher(name).matches()) {
                throw unreadable(file, "a style card has no entry '" + shown(name) + "'", null);
            }
            byte[] content = content(zip, entry, Math.min(left, most(name)), file);
            left -= content.length;
            if (entries.put(name, content) != null) {
                throw unreadable(file, "a style card has " + name + " only once", null);
            }
        }
        return entries;
    }

    private static long most(String name) {
        return name.endsWith(".safetensors") ? MOST_BYTES : MOST_SMALL_BYTES;
    }

    /** Its directory may claim any size: what comes out counts. */
    private static byte[] content(ZipFile zip, ZipEntry entry, long most, Path file) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes((int) most);
            if (in.read() != -1) {
                throw unreadable(file, entry.getName() + " is larger than any style card's", null);
            }
            CRC32 sum = new CRC32();
            sum.update(content);
            if (sum.getValue() != entry.getCrc()) {
                throw new ZipException(entry.getName() + " does not have its checksum");
            }
            return content;
        }
    }

    /** A stranger's name on one line. */
    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }

    static AtelierException unreadable(Path file, String why, Throwable cause) {
        return new AtelierException(INPUT_UNREADABLE, file + ": " + why + ".", cause);
    }
}
