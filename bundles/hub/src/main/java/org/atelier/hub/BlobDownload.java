package org.atelier.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;
import org.atelier.models.library.HubName;

/** Downloads one file, resuming an earlier partial download, and hashes it meanwhile. */
final class BlobDownload {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HubConnection connection;
    private final ErrorResponses errors;
    private final HubName model;
    private final RemoteFile file;
    private final PullListener listener;
    private final Path part;

    private MessageDigest digest;
    private long done;

    /** @param part the partial file, which may not exist; complete at the end */
    BlobDownload(
            HubConnection connection,
            ErrorResponses errors,
            HubName model,
            RemoteFile file,
            Path part,
            PullListener listener) {
        this.connection = connection;
        this.errors = errors;
        this.model = model;
        this.file = file;
        this.part = part;
        this.listener = listener;
    }

    /**
     * Downloads the missing part of the file.
     *
     * @throws AtelierException MODEL_INVALID if the hash of the content is wrong, after deleting the file; others as {@code ModelHub.pull}
     */
    void fetch(HttpUrl url, RetryPolicy attempts) throws DiskException {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            resumePartial(channel);
            while (done < file.size()) {
                CancellableSleep.throwIfCancelled(listener);
                try (Response response = connection.file(url, done)) {
                    receive(response, channel, attempts);
                } catch (DiskException e) {
                    throw e;
                } catch (IOException e) {
                    attempts.failed(e);
                }
            }
        } catch (DiskException e) {
            throw e;
        } catch (IOException e) {
            throw new DiskException(e);
        }
        if (!file.digest().matches(digest)) {
            discard();
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s of %s is damaged, its hash is not %s as listed by the hub; the file was deleted: pull again."
                            .formatted(file.path(), model, file.digest().hex()));
        }
        listener.progressed(file.path(), file.size(), file.size());
    }

    /** Hashes the part that an earlier download left. */
    private void resumePartial(FileChannel channel) throws IOException {
        begin();
        if (channel.size() > file.size()) {
            channel.truncate(0);
        }
        if (channel.size() > 0) {
            BlobDigest.feed(digest, part, file.path(), silent());
            done = channel.size();
            listener.progressed(file.path(), done, file.size());
        }
    }

    private void begin() {
        digest = file.digest().begin(file.size());
        done = 0;
    }

    private void receive(Response response, FileChannel channel, RetryPolicy attempts) throws IOException {
        RetryableException.throwIfRetryable(response);
        boolean atStore = !connection.isHub(response.request().url());
        if (atStore && (response.code() == FORBIDDEN || response.code() == UNAUTHORIZED)) {
            throw new RetryableException("the URL of " + file.path() + " has expired");
        }
        if (response.code() == RANGE_NOT_SATISFIABLE) {
            begin();
            throw new RetryableException("it cannot resume " + file.path());
        }
        errors.throwIfError(response, model, file.path());
        if (done > 0 && !continues(response)) {
            begin();
        }
        channel.truncate(done);
        channel.position(done);
        copy(response.body().byteStream(), channel, attempts);
    }

    /** Whether the response is the requested range; some servers return the whole file. */
    private boolean continues(Response response) {
        return response.code() == PARTIAL_CONTENT
                && response.header("Content-Range", "").startsWith("bytes " + done + "-");
    }

    private void copy(InputStream from, FileChannel to, RetryPolicy attempts) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (done < file.size()) {
            CancellableSleep.throwIfCancelled(listener);
            int count = from.read(buffer, 0, (int) Math.min(buffer.length, file.size() - done));
            if (count < 0) {
                throw new EOFException("the connection ended within " + file.path());
            }
            write(to, ByteBuffer.wrap(buffer, 0, count));
            digest.update(buffer, 0, count);
            done += count;
            attempts.progressed();
            listener.progressed(file.path(), done, file.size());
        }
    }

    private static void write(FileChannel to, ByteBuffer bytes) throws DiskException {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    private void discard() throws DiskException {
        try {
            Files.delete(part);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /** A listener that reports no progress, as hashing is not downloading, but passes on cancellation. */
    private PullListener silent() {
        return new PullListener() {
            @Override
            public boolean cancelled() {
                return listener.cancelled();
            }
        };
    }
}
