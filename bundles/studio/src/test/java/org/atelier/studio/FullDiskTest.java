package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.DenoisingState;
import org.atelier.models.FloatTensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that is full in the middle of a set, wherever that is. */
class FullDiskTest {

    private static final int BLOCK = 512;
    private static final int BLOCKS = 400;

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish")
            .seed(5L)
            .width(32)
            .height(32)
            .build();

    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
            .setBlockSize(BLOCK)
            .setMaxSize((long) BLOCK * BLOCKS)
            .setMaxCacheSize(0)
            .build());
    private final FakeArtist artist = new FakeArtist();
    private final AtelierStudio studio = studio();

    private AtelierStudio studio() {
        FakeContexts contexts = new FakeContexts();
        return new AtelierStudio(
                new FakeLibrary(),
                new FakeAttentions().registry(),
                FakeAttentions.blends(),
                contexts.sources(),
                contexts.summarizers(),
                FakeAttentions.leases(),
                new FakeControls().ofSets(),
                artist,
                new FakeSettings(0, 60, 0),
                "0.1.0");
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    private static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                hashes.put(file.getFileName().toString(), Sha256.of(file));
            }
        }
        return hashes;
    }

    @Test
    void losesNothingWhereverTheDiskIsFull() throws IOException {
        artist.denoised = new DenoisingState(
                1, List.of(new FloatTensor(List.of(1L, 1L, 1L, 1024L), FloatBuffer.wrap(new float[1024]))));
        Path filler = disk.getPath("/filler");
        Path folder = disk.getPath("/set");
        studio.draw(REQUEST, folder, new SetListener() {});
        Map<String, String> expected = hashes(folder);
        remove(folder);

        int failed = 0;
        int goneOnWith = 0;
        for (int free = 0; free < BLOCKS; free += 3) {
            Files.write(filler, new byte[(BLOCKS - free) * BLOCK]);
            boolean complete = isDrawn(folder);
            Files.delete(filler);
            if (!complete) {
                failed++;
                if (studio.hasBegun(folder)) {
                    goneOnWith++;
                    studio.resume(folder, new SetListener() {});
                } else {
                    studio.draw(REQUEST, folder, new SetListener() {});
                }
            }
            assertEquals(expected, hashes(folder), free + " blocks were free");
            remove(folder);
        }

        assertTrue(failed > goneOnWith && goneOnWith > 5, failed + " failed, " + goneOnWith + " of them later");
    }

    private boolean isDrawn(Path folder) throws IOException {
        try {
            studio.draw(REQUEST, folder, new SetListener() {});
            return true;
        } catch (AtelierException e) {
            assertEquals(Code.OUTPUT_UNWRITABLE, e.code());
            assertTrue(e.getMessage().matches("/set.* cannot be written: .*disk space.*"), e.getMessage());
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    assertFalse(files.anyMatch(file -> file.toString().endsWith(".part")));
                }
            }
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
