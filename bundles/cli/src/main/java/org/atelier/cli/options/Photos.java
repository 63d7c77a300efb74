package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Parameters;

/** The content images of a command that redraws them. */
public final class Photos {

    private static final String ATTENTION = "injection";

    /** The steps of the published version of StyleID for diffusers. */
    private static final int STEPS = 20;

    @Parameters(
            paramLabel = "PHOTO",
            arity = "0..*",
            description = "A PNG, JPEG or WebP image; each is redrawn in the style of the one --reference.")
    private List<String> files = List.of();

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * Sets the content images, and the attention and steps of a request without content images.
     *
     * @param folder the folder against which relative names are resolved
     */
    public void into(SetRequestBuilder request, Path folder) {
        SetRequest earlier = request.build();
        if (earlier.references().contents().isEmpty()) {
            request.steps(STEPS);
        }
        if (!earlier.sharing().attention().equals(ATTENTION)) {
            request.attention(ATTENTION).strength(null).attentionOptions(Map.of());
        }
        ReferenceOptions.contentsInto(request, files, folder);
    }
}
