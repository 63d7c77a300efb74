package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The options of the pictures that images start from. */
final class InitImageOptions {

    @Option(
            names = "--init-image",
            paramLabel = "FILE",
            description = "A picture that the images start from in place of noise. Given once, it applies to all"
                    + " images; repeated, to one image each. A picture of another size is resized.")
    private List<Path> images = List.of();

    @Option(
            names = "--denoise",
            paramLabel = "X",
            description = "The denoising strength, above 0 to 1: the share of the steps that are taken. The larger it"
                    + " is, the less remains of the picture. Default: ${bundle:default.denoise}.")
    private Double denoise;

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = "Which part of the picture is repainted: white is, black is kept. One for all images, or"
                    + " one for each.")
    private List<Path> masks = List.of();

    @Option(
            names = "--mask-blur",
            paramLabel = "N",
            description = "The radius of the Gaussian blur of the mask in pixels, which softens the edge between"
                    + " the kept and the repainted part. Default: ${bundle:default.mask_blur}.")
    private Integer maskBlur;

    /** @param folder the folder against which relative names are resolved */
    void into(SetRequestBuilder request, Path folder) {
        if (!images.isEmpty()) {
            request.initImages(files(images, folder));
        }
        OptionValue.ifGiven(denoise, request::denoise);
        if (!masks.isEmpty()) {
            request.masks(files(masks, folder));
        }
        OptionValue.ifGiven(maskBlur, request::maskBlur);
    }

    private static List<ImageFile> files(List<Path> names, Path folder) {
        return names.stream()
                .map(name -> ImageFile.of(
                        folder.resolve(name).toAbsolutePath().normalize().toString()))
                .toList();
    }
}
