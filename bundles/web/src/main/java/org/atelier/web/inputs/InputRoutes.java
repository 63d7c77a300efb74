package org.atelier.web.inputs;

import java.io.IOException;
import org.atelier.api.set.Studio;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.uploads.UploadStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Handles the routes of inputs. */
@Component(service = InputRoutes.class)
public final class InputRoutes {

    private final Uploads uploads;
    private final ControlPreviews previews;

    @Activate
    public InputRoutes(@Reference UploadStore store, @Reference Studio studio) {
        this.uploads = new Uploads(store);
        this.previews = new ControlPreviews(studio);
    }

    /** Stores the body and returns what it is, with the path that a request may name. */
    public void upload(ApiRequest request, ApiResponse response) throws IOException {
        uploads.add(request, response);
    }

    /** Sends what a ControlNet receives of a control image, as a PNG. */
    public void preprocess(ApiRequest request, ApiResponse response) throws IOException {
        previews.show(request, response);
    }
}
