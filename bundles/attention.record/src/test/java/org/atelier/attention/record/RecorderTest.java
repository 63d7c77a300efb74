package org.atelier.attention.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    @Test
    void refusesFoldersThatCannotHoldRecordings(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertFault(
                "The attention 'record' needs a folder for its recordings; set its option 'to' to an absolute path.",
                () -> Recorder.folder(""));
        assertFault("The option 'to' of 'record' must be an absolute path, not 'maps'.", () -> Recorder.folder("maps"));
        assertFault(
                "%s cannot hold recordings: %s is not a folder that can be written.".formatted(file.resolve("a"), file),
                () -> Recorder.folder(file.resolve("a").toString()));
        Recorder.folder(folder.resolve("a/b").toString());
        assertTrue(Files.notExists(folder.resolve("a")), "nothing is written before the first recording");
    }

    @Test
    void refusesPlacesOutsideAndTooMany() {
        for (String wrong : List.of("0.5", "0.5:1.1", "-0.1:0", "x:y", "NaN:0", "0:0:0", "")) {
            assertFault(
                    "A point must be X:Y with both from 0 to 1, such as 0.5:0.25, not '%s'.".formatted(wrong),
                    () -> Subjects.of(List.of(), List.of(wrong)));
        }
        List<String> words = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        assertFault(
                "The attention 'record' records at most 32 words and points together, not 40.",
                () -> Subjects.of(words, List.of()));
    }

    @Test
    void findsTheTokenOfAPlace() {
        assertEquals(0, Place.of("0:0").token(4, 6));
        assertEquals(23, Place.of("1:1").token(4, 6));
        assertEquals(9, Place.of("0.5:0.3").token(4, 6));
        float[] map = new float[24];
        map[3] = 1;
        map[14] = 0.9f;
        map[15] = 0.9f;
        assertEquals(14, Place.ofLargest("house", map, 4, 6).token(4, 6), "one large value does not count as much");
    }

    @Test
    void takesEvenlySpacedTokensOfALargeMap() {
        assertEquals(List.of(0, 1, 2, 3), Grid.of(2, 2, 4).tokens());
        Grid grid = Grid.of(5, 7, 8);
        assertEquals(List.of(8, 10, 12, 22, 24, 26), grid.tokens());
        assertEquals(2, grid.height());
        assertEquals(3, grid.width());
        assertEquals(1024, Grid.of(64, 64, 1024).tokens().size());
    }

    @Test
    void roundsToHalfPrecision() {
        assertEquals((short) 0x3c00, TensorFile.half(1));
        assertEquals((short) 0xc000, TensorFile.half(-2));
        assertEquals((short) 0x3555, TensorFile.half(1 / 3f));
        assertEquals((short) 0x7bff, TensorFile.half(1e9f));
        assertEquals((short) 0x0400, TensorFile.half(0x1p-14f));
        assertEquals((short) 0, TensorFile.half(1e-6f));
    }

    @Test
    void quotesHostileWords() throws IOException {
        TensorFile file = new TensorFile();
        file.put("word.0", "a\"b\\c\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.writeTo(out);
        String header = out.toString(StandardCharsets.UTF_8).substring(8);
        assertEquals("{\"__metadata__\":{\"word.0\":\"a\\u0022b\\u005cc\\u000a\"}}", header.strip());
        assertEquals(0, header.length() % 8);
    }

    private static void assertFault(String sentence, Executable refused) {
        assertEquals(sentence, assertThrows(AtelierException.class, refused).getMessage());
    }
}
