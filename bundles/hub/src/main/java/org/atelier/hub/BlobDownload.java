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

/** Fetches one file, going on where an earlier download ended, and hashes it on its way. */
final class BlobDownload {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HubConnection connection;
    private final Refusals refusals;
    private final HubName model;
    private final RemoteFile file;
    private final PullListener listener;
    private final Path part;

    private MessageDigest digest;
    private long done;

    /** @param part what is there of the file, if anything; all of it at the end */
    BlobDownload(
            HubConnection connection,
            Refusals refusals,
            HubName model,
            RemoteFile file,
            Path part,
            PullListener listener) {
        this.connection = connection;
        this.refusals = refusals;
        this.model = model;
        this.file = file;
        this.part = part;
        this.listener = listener;
    }

    /**
     * Fetches what is missing.
     *
     * @throws AtelierException MODEL_INVALID when the content is not what the hub promised, and then none of it is left; others as
     *     {@code ModelHub.pull}
     */
    void fetch(HttpUrl url, Attempts attempts) throws DiskException {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            takeUp(channel);
            while (done < file.size()) {
                Patience.stopIfCancelled(listener);
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
                    "%s of %s came damaged, its hash is not the %s that the hub promises: it is deleted, pull again."
                            .formatted(file.path(), model, file.digest().hex()));
        }
        listener.progressed(file.path(), file.size(), file.size());
    }

    /** Counts and hashes what an earlier download left. */
    private void takeUp(FileChannel channel) throws IOException {
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

    private void receive(Response response, FileChannel channel, Attempts attempts) throws IOException {
        BusyException.throwIfBusy(response);
        boolean atStore = !connection.isHub(response.request().url());
        if (atStore && (response.code() == FORBIDDEN || response.code() == UNAUTHORIZED)) {
            throw new BusyException("the address of " + file.path() + " has expired");
        }
        if (response.code() == RANGE_NOT_SATISFIABLE) {
            begin();
            throw new BusyException("it does not continue " + file.path());
        }
        refusals.throwIfRefused(response, model, file.path());
        if (done > 0 && !continues(response)) {
            begin();
        }
        channel.truncate(done);
        channel.position(done);
        copy(response.body().byteStream(), channel, attempts);
    }

    /** Some servers answer with all of the file. */
    private boolean continues(Response response) {
        return response.code() == PARTIAL_CONTENT
                && response.header("Content-Range", "").startsWith("bytes " + done + "-");
    }

    private void copy(InputStream from, FileChannel to, Attempts attempts) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (done < file.size()) {
            Patience.stopIfCancelled(listener);
            int count = from.read(buffer, 0, (int) Math.min(buffer.length, file.size() - done));
            if (count < 0) {
                throw new EOFException("it ended within " + file.path());
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

    /** Hashing what is there is no progress of the download, but can be stopped. */
    private PullListener silent() {
        return new PullListener() {
            @Override
            public boolean cancelled() {
                return listener.cancelled();
            }
        };
    }
}
