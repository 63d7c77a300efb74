package org.atelier.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("queue.journal");
    }

    @Test
    void isEmptyIfTheFileDoesNotExist() throws IOException {
        try (Journal journal = Journal.open(file)) {
            assertEquals(List.of(), journal.entries());
        }
    }

    @Test
    void readsAppendedEntriesInOrder() throws IOException {
        write("{\"a\":1}", "{\"b\":\"häuser\"}", "");

        assertEquals(List.of("{\"a\":1}", "{\"b\":\"häuser\"}", ""), Journal.read(file));
    }

    @Test
    void appendsAfterExistingEntries() throws IOException {
        write("one");
        write("two");

        assertEquals(List.of("one", "two"), Journal.read(file));
    }

    /** A crash may truncate the file anywhere; all entries before are kept and the next one can be appended. */
    @Test
    void losesOnlyTheTruncatedEntry() throws IOException {
        write("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            int entries = (int) new String(whole, 0, length, StandardCharsets.UTF_8)
                    .chars()
                    .filter(character -> character == '\n')
                    .count();

            write("{\"next\":true}");

            List<String> found = Journal.read(file);
            assertEquals(entries + 1, found.size(), "cut to " + length + " bytes");
            assertEquals("{\"next\":true}", found.get(entries));
        }
    }

    @Test
    void ignoresEntriesFromADamagedOneOn() throws IOException {
        write("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
        byte[] spoilt = Files.readAllBytes(file);
        int second = new String(spoilt, StandardCharsets.UTF_8).indexOf("2");
        spoilt[second] = '7';
        Files.write(file, spoilt);

        assertEquals(List.of("{\"a\":1}"), Journal.read(file));
    }

    @Test
    void salvagesAllCompleteEntriesAroundADamagedOne() throws IOException {
        write("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
        byte[] whole = Files.readAllBytes(file);
        Path backup = folder.resolve("backup");
        for (int place = 0; place < whole.length; place++) {
            byte[] spoilt = whole.clone();
            spoilt[place] ^= 1;
            Files.write(file, spoilt);

            int lost = Journal.salvage(file, backup);

            List<String> kept = Journal.read(file);
            // No complete entry follows the damage here, so it may be the result of a crash.
            boolean isEnd = place >= whole.length * 2 / 3 - 1;
            assertEquals(isEnd ? 0 : 1, Math.min(1, lost), "spoilt at " + place);
            assertEquals(isEnd, !kept.contains("{\"c\":3}"), "spoilt at " + place);
            if (!isEnd) {
                assertArrayEquals(spoilt, Files.readAllBytes(backup));
            }
        }
    }

    @Test
    void salvagesNothingFromATruncatedJournal() throws IOException {
        write("{\"a\":1}", "{\"b\":2}");
        byte[] cut = Arrays.copyOf(Files.readAllBytes(file), 20);
        Files.write(file, cut);

        assertEquals(0, Journal.salvage(file, folder.resolve("backup")));

        assertArrayEquals(cut, Files.readAllBytes(file));
        assertEquals(0, Journal.salvage(folder.resolve("none"), folder.resolve("backup")));
    }

    @Test
    void appendsAfterReplacingAllEntries() throws IOException {
        try (Journal journal = Journal.open(file)) {
            journal.append("one");
            journal.append("two");
            journal.replace(List.of("both"));
            journal.append("three");
        }

        assertEquals(List.of("both", "three"), Journal.read(file));
    }

    @Test
    void keepsTheEarlierEntriesIfTheyCannotBeReplaced() throws IOException {
        try (Journal journal = Journal.open(file)) {
            journal.append("one");
            Path inTheWay = Files.createDirectories(folder.resolve("queue.journal.part/full"));
            assertThrows(IOException.class, () -> journal.replace(List.of("other")));
            Files.delete(inTheWay);
            journal.append("two");
        }

        assertEquals(List.of("one", "two"), Journal.read(file));
    }

    @Test
    void keepsEntriesOfAnInterruptedThread() throws IOException {
        try (Journal journal = Journal.open(file)) {
            Thread.currentThread().interrupt();
            journal.append("one");
            assertTrue(Thread.interrupted());
            journal.append("two");
        }

        assertEquals(List.of("one", "two"), Journal.read(file));
    }

    @Test
    void rejectsAnEntryWithSeveralLines() throws IOException {
        try (Journal journal = Journal.open(file)) {
            assertThrows(IllegalArgumentException.class, () -> journal.append("one\ntwo"));
        }
    }

    private void write(String... entries) throws IOException {
        try (Journal journal = Journal.open(file)) {
            for (String entry : entries) {
                journal.append(entry);
            }
        }
    }
}
