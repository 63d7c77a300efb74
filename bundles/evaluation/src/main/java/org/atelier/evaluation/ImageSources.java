package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.MeasuringRequest;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.files.IoErrors;

/** Finds the image files of a request, their prompts and their references. */
final class ImageSources {

    private static final Pattern IMAGE = Pattern.compile("[^.].*\\.(png|jpe?g|webp)");

    private final RequestFormat format;
    private final ImageInspector inspector;
    private final Consumer<String> notes;
    private final Faults faults;
    private final List<ImageSource> images = new ArrayList<>();
    private final List<ImageSource> references = new ArrayList<>();

    /**
     * @param notes receives sentences for the user
     * @param faults collects files that are not readable images, and prompts that do not fit
     */
    ImageSources(RequestFormat format, ImageInspector inspector, Consumer<String> notes, Faults faults) {
        this.format = format;
        this.inspector = inspector;
        this.notes = notes;
        this.faults = faults;
    }

    /** The images, in order. */
    List<ImageSource> images() {
        return images;
    }

    /** The references; empty if the first image is the reference. */
    List<ImageSource> references() {
        return references;
    }

    void find(MeasuringRequest request) {
        request.files().forEach(file -> add(file.toAbsolutePath().normalize()));
        if (!request.prompts().isEmpty()) {
            usePrompts(request.prompts());
        }
        if (!request.references().isEmpty()) {
            references.clear();
            request.references().forEach(this::addReference);
        }
        if (images.isEmpty() && faults.isEmpty()) {
            faults.add("There is nothing to measure; give images, or their folder.");
        }
    }

    private void add(Path file) {
        try {
            if (RecordedSet.is(file)) {
                faults.add("%s describes a set; name its folder, %s.".formatted(file, file.getParent()));
            } else if (!Files.isDirectory(file)) {
                images.add(described(file));
            } else if (RecordedSet.isIn(file)) {
                RecordedSet set = RecordedSet.read(file, format);
                images.addAll(set.images());
                references.addAll(set.referenceImages(notes));
            } else {
                addAll(file);
            }
        } catch (AtelierException e) {
            faults.add(e);
        }
    }

    private void addAll(Path folder) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile)
                    .filter(file -> IMAGE.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT))
                            .matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, "%s cannot be read: %s.".formatted(folder, IoErrors.of(e)), e);
        }
        faults.require(!files.isEmpty(), folder + " has no PNG, JPEG or WebP images.");
        files.forEach(this::add);
    }

    /** An image with the prompt in its metadata, if any. */
    private ImageSource described(Path file) {
        ImageOrigin origin = inspector.inspect(file);
        SetRequest request = origin.request();
        if (request == null) {
            String prompt = origin.foreign() == null ? "" : origin.foreign().prompt();
            return ImageSource.of(file, prompt, null);
        }
        int index = origin.index();
        boolean generated = index >= request.firstGenerated();
        return ImageSource.of(
                file, request.promptOf(index), generated ? request.itemOf(index).prompt() : null);
    }

    private void usePrompts(List<String> prompts) {
        // Without an unreadable file, the numbers may agree.
        if (prompts.size() != images.size() && faults.isEmpty()) {
            faults.add("%d images need a prompt each, in order, and there are %d."
                    .formatted(images.size(), prompts.size()));
        }
        for (int i = 0; i < Math.min(prompts.size(), images.size()); i++) {
            images.set(i, images.get(i).withPrompt(prompts.get(i)));
        }
    }

    private void addReference(ReferenceFile reference) {
        if (!(reference.weight() > 0) || Double.isInfinite(reference.weight())) {
            faults.add("The weight of the reference %s must be a number above 0, not %s."
                    .formatted(reference.file(), reference.weight()));
            return;
        }
        Path file = Path.of(reference.file()).toAbsolutePath().normalize();
        references.add(new ImageSource(file, reference.prompt(), null, reference.weight()));
    }
}
