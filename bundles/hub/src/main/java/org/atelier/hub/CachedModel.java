package org.atelier.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.atelier.models.library.HubCache;
import org.atelier.models.library.HubName;

/** The files of a model in the cache, in huggingface_hub's layout. */
final class CachedModel {

    private final HubCache cache;
    private final String repository;
    private final String commit;
    private final boolean linked;

    /** @param linked whether to use symbolic links if the file system supports them */
    CachedModel(HubCache cache, String repository, String commit, boolean linked) {
        this.cache = cache;
        this.repository = repository;
        this.commit = commit;
        this.linked = linked;
    }

    /** The folder of the commit's files. */
    Path snapshot() {
        return cache.snapshot(repository, commit);
    }

    /** The path of a file of the commit, which may be a link. */
    Path pointer(RemoteFile file) {
        return snapshot().resolve(file.path());
    }

    /** The path of content by its hash. */
    Path blob(BlobDigest digest) {
        return cache.repository(repository).resolve("blobs").resolve(digest.hex());
    }

    /** The path of partially downloaded content. */
    Path incomplete(BlobDigest digest) {
        return blob(digest).resolveSibling(digest.hex() + ".incomplete");
    }

    /** The lock file for downloading content, the same as huggingface_hub's. */
    Path lock(BlobDigest digest) {
        return cache.folder()
                .resolve(".locks")
                .resolve(cache.repository(repository).getFileName())
                .resolve(digest.hex() + ".lock");
    }

    /** Whether the snapshot has the file, with its size. */
    boolean has(RemoteFile file) throws IOException {
        return isOfSize(pointer(file), file.size());
    }

    /** Whether the content exists under its hash, with its size. */
    boolean hasBlob(RemoteFile file) throws IOException {
        return isOfSize(blob(file.digest()), file.size());
    }

    private static boolean isOfSize(Path path, long size) throws IOException {
        return Files.isRegularFile(path) && Files.size(path) == size;
    }

    /** Moves completely downloaded content to its final path. */
    void complete(BlobDigest digest) throws IOException {
        force(incomplete(digest));
        Files.move(
                incomplete(digest), blob(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Adds content to the snapshot: as a link or, without links, by moving it, as huggingface_hub does. */
    void place(RemoteFile file) throws IOException {
        Path pointer = pointer(file);
        Files.createDirectories(pointer.getParent());
        Files.deleteIfExists(pointer);
        if (!linked || !link(pointer, blob(file.digest()))) {
            Files.move(blob(file.digest()), pointer);
        }
    }

    private static boolean link(Path pointer, Path blob) throws IOException {
        try {
            Files.createSymbolicLink(pointer, pointer.getParent().relativize(blob));
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            if (Files.exists(pointer, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return false;
        }
    }

    /** Writes the ref from the revision to this commit. Only then is the model found by its name. */
    void publish(HubName name) throws IOException {
        if (name.isPinned()) {
            return;
        }
        Path ref = cache.repository(repository).resolve("refs").resolve(name.revision());
        write(ref, commit);
    }

    /** Writes a small file atomically. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), ".", ".part");
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
