package org.atelier.requests;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.set.SetRequest;
import org.atelier.pictures.EmbeddedMetadata;
import org.atelier.requests.foreign.ForeignParameters;
import org.atelier.requests.tree.JsonTree;
import org.osgi.service.component.annotations.Component;

/** Reads the text chunks of PNG files, including those that {@link ImageMetadata} wrote. */
@Component
public final class EmbeddedRequestInspector implements ImageInspector {

    @Override
    public ImageOrigin inspect(Path image) {
        return read(image);
    }

    static ImageOrigin read(Path image) {
        EmbeddedMetadata file = EmbeddedMetadata.read(image);
        String own = file.texts().get(ImageMetadata.ATELIER);
        if (own == null) {
            GenerationParameters foreign = ForeignParameters.of(file.texts()).orElse(null);
            return new ImageOrigin(file.width(), file.height(), null, null, null, foreign, file.texts());
        }
        String source = image + " (its text '" + ImageMetadata.ATELIER + "')";
        SetRequest request = RequestReader.verbatim().read(JsonTree.read(own, source));
        Integer index = number(own, "index", source);
        if (index == null) {
            throw new AtelierException(INPUT_UNREADABLE, source + ": $.index is missing.");
        }
        Integer reference = number(own, ImageMetadata.REFERENCE, source);
        if (reference != null
                && (reference < 0 || reference >= request.references().images().size())) {
            throw new AtelierException(INPUT_UNREADABLE, source + ": $.reference: there is no such reference.");
        }
        return new ImageOrigin(file.width(), file.height(), index, reference, request, null, file.texts());
    }

    /** {@code null} if absent. */
    private static Integer number(String own, String key, String source) {
        try {
            JsonElement number = JsonParser.parseString(own).getAsJsonObject().get(key);
            return number == null ? null : Integer.valueOf(number.getAsInt());
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new AtelierException(INPUT_UNREADABLE, source + ": $." + key + ": expected a whole number.", e);
        }
    }
}
