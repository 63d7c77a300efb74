package org.atelier.explain;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.html.EmbeddedImage;

/** How a reference picture becomes latents at every step, and how exactly it comes back from them. */
final class InversionSection {

    private final Material material;
    private final PlannedSet reconstruction;

    InversionSection(Material material, PlannedSet reconstruction) {
        this.material = material;
        this.reconstruction = reconstruction;
    }

    Section section() {
        GeneratedSet set = material.set(reconstruction);
        Path encoded = set.images().stream()
                .filter(GeneratedImage::isReconstruction)
                .findFirst()
                .orElseThrow()
                .file();
        Path back = Material.images(set).get(0).file();
        StringBuilder content = new StringBuilder();
        material.strips()
                .inversions()
                .forEach(
                        (number, strip) -> content.append(strip("Reference %d to noise".formatted(number + 1), strip)));
        material.returned()
                .predictions()
                .values()
                .forEach(strip -> content.append(strip("and back, what each step predicts", strip)));
        content.append("<div class=\"tiles\">\n")
                .append(Html.figure(EmbeddedImage.of(encoded), "the encoded reference", "encoded and decoded only"))
                .append(Html.figure(
                        EmbeddedImage.of(back), "the reference from its inversion", "inverted, then denoised again"))
                .append("</div>\n");
        String error = String.format(
                Locale.ROOT,
                "Denoised again from there with its own prompt, the picture returns with a root-mean-square error of %.1f"
                        + " of 255 levels; what the autoencoder alone loses is not counted.",
                rootMeanSquare(read(encoded), read(back)));
        return new Section(
                "inversion",
                "A given picture: inversion",
                "DDIM inversion runs the sampler backwards, from the picture's latents to noise, and keeps the latents of"
                        + " every step; while the set is generated, images attend to the step's own. " + error,
                material.command(reconstruction),
                content.toString());
    }

    private static String strip(String title, SortedMap<Integer, String> strip) {
        List<String> heads = new ArrayList<>(List.of(""));
        strip.keySet().forEach(step -> heads.add("step " + step));
        return Html.table(title, heads, List.of(Html.row(title, StepSections.images(strip, title))));
    }

    private static BufferedImage read(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, "%s cannot be read: %s.".formatted(file, e), e);
        }
    }

    /** Over all pixels and channels, in levels. */
    static double rootMeanSquare(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    int difference = (one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255);
                    sum += difference * difference;
                }
            }
        }
        return Math.sqrt(sum / (3.0 * one.getWidth() * one.getHeight()));
    }
}
