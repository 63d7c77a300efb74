package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.files.IoErrors;

/**
 * A set as its {@code set.json} describes it.
 *
 * @param images the generated images
 * @param reconstructions the files of the reconstructed references
 * @param references the references of the request, with their weights
 */
record RecordedSet(List<ImageSource> images, List<Path> reconstructions, List<ReferenceFile> references) {

    private static final String RECORD = "set.json";

    /** Whether a file is a record. */
    static boolean is(Path file) {
        return file.endsWith(RECORD) && Files.isRegularFile(file);
    }

    /** Whether a folder has a record. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(RECORD));
    }

    /**
     * Reads the record of a folder.
     *
     * @throws AtelierException INPUT_UNREADABLE if Atelier did not write it
     */
    static RecordedSet read(Path folder, RequestFormat format) {
        Path file = folder.resolve(RECORD);
        try {
            String text = Files.readString(file);
            SetRequest request = request(file, text, format);
            List<ImageSource> images = new ArrayList<>();
            List<Path> reconstructions = new ArrayList<>();
            for (JsonElement element :
                    JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("files")) {
                JsonObject entry = element.getAsJsonObject();
                // Contact sheet and control images have no number.
                if (entry.has("index")) {
                    Path image = folder.resolve(
                            Path.of(entry.get("file").getAsString()).getFileName());
                    if (entry.has("reconstruction")) {
                        reconstructions.add(image);
                    } else {
                        String object =
                                request.itemOf(entry.get("index").getAsInt()).prompt();
                        images.add(ImageSource.of(image, entry.get("prompt").getAsString(), object));
                    }
                }
            }
            return new RecordedSet(images, reconstructions, request.references().images());
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, "%s cannot be read: %s.".formatted(file, IoErrors.of(e)), e);
        } catch (JsonParseException
                | ClassCastException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | UnsupportedOperationException e) {
            throw new AtelierException(
                    INPUT_UNREADABLE, file + " does not describe the images of a set; name the images.", e);
        }
    }

    private static SetRequest request(Path file, String text, RequestFormat format) {
        try {
            return format.readBack(text);
        } catch (AtelierException e) {
            throw new AtelierException(INPUT_UNREADABLE, "%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The references of the set: their files, or, where these are gone, their reconstructions.
     *
     * @param notes receives a sentence if files are gone
     */
    List<ImageSource> referenceImages(Consumer<String> notes) {
        boolean allHere = references.stream().allMatch(reference -> Files.isRegularFile(Path.of(reference.file())));
        if (allHere) {
            return references.stream()
                    .map(reference -> new ImageSource(
                            Path.of(reference.file()), reference.effectivePrompt(), null, reference.weight()))
                    .toList();
        }
        notes.accept("Reference images of the set are not where they were; their reconstructions are used.");
        boolean apart = reconstructions.size() == references.size();
        List<ImageSource> images = new ArrayList<>();
        for (int i = 0; i < reconstructions.size(); i++) {
            images.add(new ImageSource(
                    reconstructions.get(i), "", null, apart ? references.get(i).weight() : 1));
        }
        return images;
    }
}
