package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputStoreTest {

    @TempDir
    private Path folder;

    @Test
    void filesOfALocalFolderAreRenamedAndReplaced() throws IOException {
        OutputStore store = OutputStore.open(folder.resolve("out").toString(), new Configuration());

        store.writeText("first", "set/a.txt", "attempt");
        store.writeText("second", "set/a.txt", "attempt");

        assertEquals("second", store.readText("set/a.txt"));
        assertEquals(List.of("a.txt"), store.list("set"));
        assertTrue(Files.isDirectory(folder.resolve("out/.atelier/temporary/attempt")));
        store.deleteTemporary("attempt");
        assertEquals(List.of("set/a.txt"), LocalFolder.files(folder.resolve("out")));
        assertEquals(List.of(), store.list("absent"));
    }

    @Test
    void objectStoreGetsFilesAtTheirFinalNames() throws IOException {
        Configuration configuration = new Configuration();
        configuration.setClass("fs.objects.impl", ObjectStore.class, org.apache.hadoop.fs.FileSystem.class);
        OutputStore store = OutputStore.open("objects://bucket" + folder.resolve("out"), configuration);

        store.writeText("text", "set/a.txt", "attempt");

        assertEquals("text", Files.readString(folder.resolve("out/set/a.txt")));
        assertFalse(Files.exists(folder.resolve("out/.atelier")));
        assertEquals("objects://bucket" + folder.resolve("out"), store.uri());
        store.delete("set");
        assertFalse(store.exists("set/a.txt"));
    }

    @Test
    void fileSystemThatIsNotThereIsOneClearFault() {
        for (String scheme : List.of("s3a", "unknown")) {
            IOException fault = assertThrows(
                    IOException.class, () -> OutputStore.open(scheme + "://bucket/spring", new Configuration()));

            assertTrue(
                    fault.getMessage().startsWith(scheme + "://bucket/spring cannot be opened: "), fault.getMessage());
        }
    }

    /** Files of a folder under a scheme for which renaming is not known to be atomic; it cannot be renamed. */
    static final class ObjectStore extends RawLocalFileSystem {

        @Override
        public URI getUri() {
            return URI.create("objects://bucket");
        }

        @Override
        public String getScheme() {
            return "objects";
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path source, org.apache.hadoop.fs.Path target) {
            throw new UnsupportedOperationException("an object store copies");
        }
    }
}
