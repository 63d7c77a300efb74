package org.atelier.web.inputs;

import java.io.IOException;
import java.io.InputStream;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.uploads.UploadStore;

/** Handles uploads: the body is the file. */
final class Uploads {

    private final UploadStore store;

    Uploads(UploadStore store) {
        this.store = store;
    }

    void add(ApiRequest request, ApiResponse response) throws IOException {
        try (InputStream content = request.content(UploadStore.MAX_BYTES)) {
            response.json(201, store.add(content, "the upload").toJson());
        }
    }
}
