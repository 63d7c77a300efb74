package org.atelier.libs.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.libs.djl.NativeCache.Library;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {

    private static final Library SMALL = new Library("small", 1);

    @TempDir
    private Path folder;

    @Test
    void usesTheFolderThatIsPreferredAndCreatesIt() {
        Path preferred = folder.resolve("home/.cache/atelier");

        assertEquals(new NativeCache(preferred), NativeCache.of(preferred, folder, SMALL));
        assertTrue(Files.isDirectory(preferred));
    }

    @Test
    void fallsBackToATemporaryFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        for (Path unusable : new Path[] {file.resolve("atelier"), Path.of("?", ".cache", "atelier")}) {
            Path used = NativeCache.of(unusable, folder, SMALL).folder();

            assertNotEquals(unusable, used);
            assertTrue(used.startsWith(folder), used.toString());
            assertTrue(Files.isWritable(used));
        }
    }

    @Test
    void namesBothFoldersAndTheRemedyWhereNeitherCanBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        IllegalStateException fault = assertThrows(
                IllegalStateException.class,
                () -> NativeCache.of(file.resolve("atelier"), folder.resolve("missing"), SMALL));

        assertTrue(fault.getMessage().contains(file.resolve("atelier").toString()), fault.getMessage());
        assertTrue(fault.getMessage().contains("set XDG_CACHE_HOME"), fault.getMessage());
    }

    @Test
    void fallsBackWhereThereIsNoRoomForWhatIsNotUnpackedYet() throws IOException {
        Library huge = new Library("huge", Long.MAX_VALUE);
        Path preferred = Files.createDirectory(folder.resolve("cache"));

        IllegalStateException fault =
                assertThrows(IllegalStateException.class, () -> NativeCache.of(preferred, folder, huge));
        assertTrue(fault.getMessage().contains("MB are free, huge needs"), fault.getMessage());

        Files.createDirectory(preferred.resolve("huge"));
        assertEquals(new NativeCache(preferred), NativeCache.of(preferred, folder, huge), "it is unpacked already");
    }

    @Test
    void deletesAVersionWhoseFilesWereTruncatedOrLost() throws IOException {
        NativeCache cache = new NativeCache(folder);
        Path version = Files.createDirectories(folder.resolve("pytorch/2.7.1-cpu"));
        Path other = Files.createDirectories(folder.resolve("pytorch/2.8.0-cpu"));
        for (Path of : new Path[] {version, other}) {
            Files.writeString(of.resolve("libtorch.so"), "of some size");
            Files.writeString(of.resolve("libc10.so"), "of another");
        }

        cache.record(Library.PYTORCH);
        cache.discardDamaged(Library.PYTORCH);
        assertTrue(Files.exists(version.resolve("libtorch.so")), "what is whole stays");

        Files.writeString(version.resolve("libtorch.so"), "of some");
        cache.discardDamaged(Library.PYTORCH);
        assertTrue(Files.notExists(version), "a truncated library");
        assertTrue(Files.exists(other.resolve("libtorch.so")), "another version stays");

        Files.delete(other.resolve("libc10.so"));
        cache.discardDamaged(Library.PYTORCH);
        assertTrue(Files.notExists(other), "a lost library");
    }

    @Test
    void recordsNoVersionThatIsBeingUnpacked() throws IOException {
        NativeCache cache = new NativeCache(folder);
        Path unpacking = Files.createDirectories(folder.resolve("tokenizers/tmp123"));
        Path file = Files.writeString(unpacking.resolve("libtokenizers.so"), "half");

        cache.record(Library.TOKENIZERS);
        Files.writeString(file, "half and the rest");
        cache.discardDamaged(Library.TOKENIZERS);

        assertTrue(Files.exists(file));
    }

    @Test
    void ignoresARecordThatIsDamagedItself() throws IOException {
        Files.writeString(folder.resolve("pytorch.sizes"), "12\t../elsewhere\nno number\tpytorch/x\n\n7");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "stays");

        new NativeCache(folder).discardDamaged(Library.PYTORCH);

        assertTrue(Files.exists(elsewhere));
    }
}
