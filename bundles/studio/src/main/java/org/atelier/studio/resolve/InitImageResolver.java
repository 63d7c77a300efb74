package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.Faults;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.InitImages;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.studio.input.InputPath;
import org.atelier.studio.input.VerifiedImage;

/** Resolves and checks the pictures that images start from, and their masks. */
final class InitImageResolver {

    private static final double DEFAULT_DENOISE = 0.6;
    private static final double DEFAULT_DENOISE_WITH_MASK = 1;
    private static final int LARGEST_BLUR = 256;

    private InitImageResolver() {}

    /** @param resources reads the images */
    static void resolve(SetRequest request, SetRequestBuilder resolved, SetResources resources, Faults faults) {
        InitImages given = request.initImages();
        if (given.isEmpty()) {
            faults.require(given.masks().isEmpty(), "A mask needs the picture that it masks; give --init-image.");
            return;
        }
        checkCounts(request, faults);
        faults.require(
                given.maskBlur() >= 0 && given.maskBlur() <= LARGEST_BLUR,
                "The mask-blur must be from 0 to %d pixels, not %d.".formatted(LARGEST_BLUR, given.maskBlur()));
        double denoise = denoise(given);
        checkDenoise(denoise, request.sampling().steps(), faults);
        resolved.denoise(denoise)
                .initImages(files(given.images(), "--init-image", resources, faults))
                .masks(files(given.masks(), "--mask", resources, faults));
    }

    private static double denoise(InitImages given) {
        if (given.denoise() != null) {
            return given.denoise();
        }
        return given.masks().isEmpty() ? DEFAULT_DENOISE : DEFAULT_DENOISE_WITH_MASK;
    }

    private static void checkDenoise(double denoise, int steps, Faults faults) {
        if (!(denoise > 0 && denoise <= 1)) {
            faults.add("The denoise must be above 0 and at most 1, not %s.".formatted(denoise));
        } else if (steps >= 1 && InitPicture.remainingSteps(steps, denoise) < 1) {
            faults.add("A denoise of %s leaves none of the %d steps; give a larger --denoise or more --steps."
                    .formatted(denoise, steps));
        }
    }

    private static void checkCounts(SetRequest request, Faults faults) {
        int images = request.items().size() - request.firstInitialised();
        if (images < 1) {
            faults.add("The init image applies to no image, since the only image is the reference of the style card;"
                    + " give more prompts.");
            return;
        }
        checkCount("--init-image", request.initImages().images(), images, faults);
        checkCount("--mask", request.initImages().masks(), images, faults);
    }

    private static void checkCount(String option, List<ImageFile> files, int images, Faults faults) {
        faults.require(
                files.size() <= 1 || files.size() == images,
                "There are %d %s for %d %s; give one for all, or one for each."
                        .formatted(files.size(), option, images, images == 1 ? "image" : "images"));
    }

    private static List<ImageFile> files(List<ImageFile> files, String option, SetResources resources, Faults faults) {
        return files.stream()
                .map(image -> {
                    Path file = InputPath.of(image.file());
                    return new ImageFile(
                            file.toString(),
                            VerifiedImage.sha256(file, image.sha256(), option, resources.inputs(), faults));
                })
                .toList();
    }
}
