package org.atelier.web.a1111;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.metadata.ForeignFormat;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.web.data.DataFiles;
import org.atelier.web.data.PrivateFile;
import org.atelier.web.http.ApiError;

/** Reads how an image was made, from its metadata; its pixels are not decoded. */
final class PngInfo {

    private static final String FOLDER = "uploads";
    private static final String PARAMETERS = "parameters";
    private static final Pattern SIZE = Pattern.compile("(\\d+)x(\\d+)");

    private final ImageInspector inspector;
    private final ForeignFormat format;
    private final Path folder;

    PngInfo(ImageInspector inspector, ForeignFormat format, DataFiles files) {
        this.inspector = inspector;
        this.format = format;
        this.folder = files.privateFolder(FOLDER);
    }

    /** @throws ApiError if there is no image, or none that can be read */
    JsonObject of(FormFields fields) {
        String image = fields.text("image").orElseThrow(() -> FormFields.invalid("image", "is missing"));
        return of(texts(EncodedImages.decode("image", image)));
    }

    private Map<String, String> texts(byte[] image) {
        // The ending is that of files which the next start removes if this process is killed.
        Path file = folder.resolve(UUID.randomUUID() + ".part");
        try {
            PrivateFile.create(file, out -> out.write(image));
            return inspector.inspect(file).texts();
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), e.getMessage().replace(file.toString(), "image"), e);
        } catch (IOException e) {
            throw DataFiles.unusable(file, e);
        } finally {
            remove(file);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw DataFiles.unusable(file, e);
        }
    }

    private JsonObject of(Map<String, String> texts) {
        JsonObject items = new JsonObject();
        new TreeMap<>(texts).forEach(items::addProperty);
        JsonObject parameters = new JsonObject();
        format.parameters(texts).ifPresent(found -> {
            parameters.addProperty("Prompt", found.prompt());
            parameters.addProperty("Negative prompt", found.negativePrompt());
            found.settings().forEach(parameters::addProperty);
            Matcher size = SIZE.matcher(found.settings().getOrDefault("Size", ""));
            if (size.matches()) {
                parameters.addProperty("Size-1", size.group(1));
                parameters.addProperty("Size-2", size.group(2));
            }
        });
        JsonObject json = new JsonObject();
        json.addProperty("info", texts.getOrDefault(PARAMETERS, texts.getOrDefault("EXIF UserComment", "")));
        json.add("items", items);
        json.add(PARAMETERS, parameters);
        return json;
    }
}
