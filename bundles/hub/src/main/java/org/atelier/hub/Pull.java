package org.atelier.hub;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.atelier.models.json.Settings;

/** One pull of one model: selects the files, downloads missing ones, then publishes the model under its name. */
final class Pull {

    private static final String PIPELINE = "model_index.json";
    private static final String CONFIGURATION = "config.json";

    private final HubConnection connection;
    private final HubSettings settings;
    private final CancellableSleep sleep;
    private final RemoteModel model;
    private final PullListener listener;
    private final CachedModel cached;

    Pull(
            HubConnection connection,
            HubSettings settings,
            CancellableSleep sleep,
            RemoteModel model,
            PullListener listener) {
        this.connection = connection;
        this.settings = settings;
        this.sleep = sleep;
        this.model = model;
        this.listener = listener;
        this.cached = new CachedModel(settings.cache(), repository(), model.commit(), settings.linked());
    }

    private String repository() {
        return model.name().repository();
    }

    /**
     * Downloads missing files.
     *
     * @param graphs see {@link OnnxSelection}
     * @return the folder of the model's files
     */
    Path run(PullRequest request, List<String> graphs) throws IOException {
        List<RemoteFile> needed = selection(request, graphs).of(model.files());
        if (needed.stream().noneMatch(file -> file.name().matches(".*\\.(safetensors|onnx)"))) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    model.name()
                            + " has neither safetensors nor ONNX files, so it cannot be used: choose another model.");
        }
        return fetched(needed);
    }

    /**
     * Downloads the missing files of a selection.
     *
     * @return the folder of the model's files
     */
    Path run(FileSelection selection) throws IOException {
        List<RemoteFile> needed = selection.of(model.files());
        if (needed.isEmpty()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, model.name() + " has none of the required files: choose another model.");
        }
        return fetched(needed);
    }

    private Path fetched(List<RemoteFile> needed) throws IOException {
        List<RemoteFile> missing = new ArrayList<>();
        for (RemoteFile file : needed) {
            if (!cached.has(file)) {
                missing.add(file);
            }
        }
        requireSpace(missing);
        listener.started(
                repository(),
                model.commit(),
                missing.size(),
                missing.stream().mapToLong(RemoteFile::size).sum());
        for (RemoteFile file : missing) {
            fetch(file);
        }
        new DownloadManifest(settings.cache(), repository(), model.commit()).add(needed);
        cached.publish(model.name());
        return cached.snapshot();
    }

    private FileSelection selection(PullRequest request, List<String> graphs) throws IOException {
        Optional<RemoteFile> pipeline = model.files().stream()
                .filter(file -> file.path().equals(PIPELINE))
                .findFirst();
        boolean onnx = pipeline.isEmpty() && OnnxSelection.applies(model.files());
        if (onnx ? !request.variant().isEmpty() : !request.dtype().equals("fp32")) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    onnx
                            ? model.name()
                                    + " has ONNX files, which have no variants: use --dtype instead of --variant."
                            : model.name() + " has safetensors files: use --variant instead of --dtype.");
        }
        if (onnx) {
            return new OnnxSelection(request.dtype(), graphs);
        }
        List<String> folders = new ArrayList<>(List.of(""));
        if (pipeline.isPresent()) {
            folders.addAll(components(pipeline.get()));
        } else {
            requireConfiguration();
        }
        return new SafetensorsSelection(request.variant(), folders, pipeline.isPresent());
    }

    /** A repository without a configuration holds single files, of which a pull fetches one. */
    private void requireConfiguration() {
        if (model.files().stream().noneMatch(file -> file.path().equals(CONFIGURATION))) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "%s has neither model_index.json nor config.json; %s"
                            .formatted(model.name(), SingleFileSelection.names(model.name(), model.files())));
        }
    }

    /** Returns the component folders named by the pipeline's index. */
    private List<String> components(RemoteFile pipeline) throws IOException {
        if (!cached.has(pipeline)) {
            fetch(pipeline);
        }
        return Settings.read(cached.pointer(pipeline)).keys().stream()
                .map(key -> key + "/")
                .toList();
    }

    private void requireSpace(List<RemoteFile> missing) throws IOException {
        long bytes = 0;
        for (RemoteFile file : missing) {
            Path part = cached.incomplete(file.digest());
            bytes += cached.hasBlob(file) ? 0 : file.size() - (Files.exists(part) ? Files.size(part) : 0);
        }
        Files.createDirectories(settings.cache().folder());
        FileStore store = Files.getFileStore(settings.cache().folder());
        if (bytes > store.getUsableSpace()) {
            throw new AtelierException(
                    Code.OUTPUT_UNWRITABLE,
                    "%s needs %,d MB and %s has only %,d MB left: free some space, or set HF_HUB_CACHE to another folder."
                            .formatted(
                                    model.name(),
                                    bytes / 1_000_000,
                                    settings.cache().folder(),
                                    store.getUsableSpace() / 1_000_000));
        }
    }

    private void fetch(RemoteFile file) throws IOException {
        BlobLock lock = BlobLock.acquire(cached.lock(file.digest()), sleep, listener);
        try {
            if (!cached.has(file)) {
                if (!cached.hasBlob(file)) {
                    download(file);
                }
                cached.place(file);
            }
        } finally {
            lock.close();
        }
    }

    private void download(RemoteFile file) throws IOException {
        Files.createDirectories(cached.blob(file.digest()).getParent());
        verifyListing(file);
        Path part = cached.incomplete(file.digest());
        new BlobDownload(connection, new ErrorResponses(settings), model.name(), file, part, listener)
                .fetch(address(file), attempts());
        cached.complete(file.digest());
    }

    /** Verifies by HEAD, before the download, that commit and hash of the file match the listing. */
    private void verifyListing(RemoteFile file) {
        RetryPolicy attempts = attempts();
        while (true) {
            CancellableSleep.throwIfCancelled(listener);
            try (Response response = connection.head(address(file))) {
                RetryableException.throwIfRetryable(response);
                new ErrorResponses(settings).throwIfError(response, model.name(), file.path());
                String commit = response.header("X-Repo-Commit", model.commit());
                Optional<BlobDigest> digest =
                        BlobDigest.parse(response.header("X-Linked-Etag", response.header("ETag")));
                if (!commit.equals(model.commit())
                        || !digest.orElse(file.digest()).equals(file.digest())) {
                    throw new AtelierException(
                            Code.MODEL_INVALID,
                            "The hub's metadata of %s of %s do not match its list of files: pull again."
                                    .formatted(file.path(), model.name()));
                }
                return;
            } catch (IOException e) {
                attempts.failed(e);
            }
        }
    }

    private RetryPolicy attempts() {
        return new RetryPolicy(settings.endpoint(), sleep, listener);
    }

    private HttpUrl address(RemoteFile file) {
        return connection
                .address()
                .addPathSegments(repository())
                .addPathSegment("resolve")
                .addPathSegment(model.commit())
                .addPathSegments(file.path())
                .build();
    }
}
