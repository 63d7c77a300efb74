package org.atelier.studio.resolve;

import java.awt.Dimension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.InitImages;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.InitPicture;

/** The notes about the pictures that images start from, for the user before a set is generated. */
public final class InitImageNotes {

    private InitImageNotes() {}

    /**
     * Returns sentences: the steps that the images take, the files whose aspect ratio changes, and the masks that repaint
     * nothing.
     */
    public static List<String> of(OpenedSet set) {
        SetRequest request = set.request();
        InitImages init = request.initImages();
        if (init.isEmpty()) {
            return List.of();
        }
        int steps = request.sampling().steps();
        Set<String> notes = new LinkedHashSet<>();
        notes.add("%s from %s with denoise %s: %d of %d steps."
                .formatted(
                        request.items().size() - request.firstInitialised() == 1
                                ? "The image starts"
                                : "The images start",
                        init.images().size() == 1
                                ? name(init.images().get(0))
                                : init.images().size() + " init images",
                        init.denoise(),
                        InitPicture.remainingSteps(steps, init.denoise()),
                        steps));
        InitPictures pictures = new InitPictures(set);
        Set<List<Object>> masks = new HashSet<>();
        for (int index = request.firstInitialised(); index < request.items().size(); index++) {
            if (!init.masks().isEmpty()) {
                SetItem item = request.items().get(index);
                ImageFile mask = InitPictures.at(init.masks(), request, index);
                if (masks.add(List.of(mask.file(), item.width(), item.height()))) {
                    addUnpainted(pictures.of(index), mask, notes);
                }
            }
            for (ImageFile file : files(request, index)) {
                addStretched(set, file, request.items().get(index), notes);
            }
        }
        return new ArrayList<>(notes);
    }

    private static List<ImageFile> files(SetRequest request, int index) {
        List<ImageFile> files = new ArrayList<>();
        files.add(InitPictures.at(request.initImages().images(), request, index));
        if (!request.initImages().masks().isEmpty()) {
            files.add(InitPictures.at(request.initImages().masks(), request, index));
        }
        return files;
    }

    private static void addStretched(OpenedSet set, ImageFile file, SetItem item, Set<String> notes) {
        Dimension size = set.image(file.file()).size();
        if ((long) size.width * item.height() != (long) size.height * item.width()) {
            notes.add(
                    "%s has %dx%d pixels and is resized to %dx%d, which changes its aspect ratio; give --size or crop it."
                            .formatted(name(file), size.width, size.height, item.width(), item.height()));
        }
    }

    private static void addUnpainted(Optional<InitPicture> picture, ImageFile mask, Set<String> notes) {
        if (picture.isPresent() && picture.get().mask().get().keepsAll()) {
            notes.add("%s has no white, so nothing is repainted; paint the part white that is to be repainted."
                    .formatted(name(mask)));
        }
    }

    private static String name(ImageFile file) {
        return String.valueOf(Path.of(file.file()).getFileName());
    }
}
