package org.atelier.web.openai;

import java.util.List;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;

/** The images of a job that belong to the prompts of its request; in some sets, image 0 is a reference instead. */
final class SetImages {

    private SetImages() {}

    /** Returns the written ones. */
    static List<GeneratedImage> of(Job job) {
        int first = first(job.request());
        return job.images().stream()
                .filter(image -> !image.isReconstruction() && image.index() >= first)
                .toList();
    }

    /** Returns the index of the first image that has a prompt of the request. */
    static int first(SetRequest request) {
        return Math.max(request.firstGenerated(), request.firstInitialised());
    }

    /** Returns the size of an image as {@code WIDTHxHEIGHT}. */
    static String size(SetRequest request, int image) {
        SetItem item = request.itemOf(image);
        return item.width() + "x" + item.height();
    }
}
