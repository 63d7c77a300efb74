package org.atelier.it.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.pictures.SourceImage;

/** Decodes files of the folder of a system property: how large each is, and whether its first corner is red. */
public final class DecodingProbe implements Callable<List<String>> {

    static final String FOLDER = "decoding.folder";

    @Override
    public List<String> call() {
        Path folder = Path.of(System.getProperty(FOLDER));
        return Stream.of(
                        "rgb.png",
                        "progressive.jpg",
                        "turned-6.jpg",
                        "cmyk.jpg",
                        "lossless.webp",
                        "lossy.webp",
                        "none.png")
                .map(name -> name + " " + decoded(folder.resolve(name)))
                .toList();
    }

    private static String decoded(Path file) {
        try {
            BufferedImage image = SourceImage.open(file).upright();
            Color corner = new Color(image.getRGB(8, 8));
            boolean red = corner.getRed() > 2 * corner.getGreen() && corner.getRed() > 2 * corner.getBlue();
            return image.getWidth() + " x " + image.getHeight() + (red ? " red" : " " + corner);
        } catch (AtelierException e) {
            return e.code().toString();
        }
    }
}
