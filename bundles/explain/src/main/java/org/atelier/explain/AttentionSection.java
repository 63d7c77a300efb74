package org.atelier.explain;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.html.HtmlText.escaped;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;

/** Where places of an image look in the reference and in the image itself. */
final class AttentionSection {

    private final Material material;

    AttentionSection(Material material) {
        this.material = material;
    }

    Section section() {
        Recordings detailed = material.recordings().detailed();
        List<Integer> steps = detailed.steps();
        int step = steps.get((int) Math.ceil((steps.size() - 1) / 2.0));
        StringBuilder content = new StringBuilder();
        List<Recording> images = detailed.at(step).sharing().stream()
                .filter(each -> each.has("places"))
                .limit(ExplanationPlan.SHOWN)
                .toList();
        for (Recording image : images) {
            content.append("<h3>%s</h3>\n<div class=\"tiles\">\n%s</div>\n"
                    .formatted(escaped(material.prompt(image)), tiles(image)));
        }
        Recording first = images.get(0);
        content.append(
                "<p class=\"note\">Layer %d (%s, %d × %d tokens), step %d of %d, mean over %d heads; each map is scaled to its largest value.</p>"
                        .formatted(
                                first.layer(),
                                escaped(first.block()),
                                first.height(),
                                first.width(),
                                step + 1,
                                first.steps(),
                                first.heads()));
        return new Section(
                "attention",
                "Where places look",
                "Each numbered place of an image attends to its own tokens and to the reference's under one softmax; bright"
                        + " is where it looks, and the percentage is the reference's share. A place chosen by a word is where"
                        + " cross-attention finds the word; (x, y) is a place by its coordinates.",
                material.recordingCommand(),
                content.toString());
    }

    private String tiles(Recording image) {
        float[] coordinates = image.values("places");
        int count = coordinates.length / 2;
        List<double[]> places = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            places.add(new double[] {coordinates[2 * place], coordinates[2 * place + 1]});
            labels.add((place + 1) + " " + label(image.text("place." + place)));
        }
        BufferedImage own = read(material.image(image).file());
        StringBuilder tiles = new StringBuilder();
        tiles.append(Html.figure(
                new HeatMap(own).marked(places),
                material.prompt(image) + ", places marked",
                String.join(", ", labels)));
        for (int place = 0; place < count; place++) {
            tiles.append(tiles(image, place, labels.get(place), own));
        }
        return tiles.toString();
    }

    /** A word as it is, coordinates with a comma. */
    private static String label(String text) {
        return text.matches("[\\d.]+:[\\d.]+") ? "(" + text.replace(":", ", ") + ")" : text;
    }

    private String tiles(Recording image, int place, String label, BufferedImage own) {
        StringBuilder tiles = new StringBuilder();
        for (int reference = 0; image.has("attention.reference-" + reference); reference++) {
            float[] map = map(image, "attention.reference-" + reference, place);
            if (map.length == image.height() * image.width()) {
                String caption = "%s: in the reference, %s".formatted(label, Html.percent(sum(map)));
                tiles.append(figure(read(material.reference(reference)), image, map, caption));
            }
        }
        if (image.has("attention.own")) {
            float[] map = map(image, "attention.own", place);
            tiles.append(
                    figure(own, image, map, "%s: in the image itself, %s".formatted(label, Html.percent(sum(map)))));
        }
        return tiles.toString();
    }

    private static String figure(BufferedImage picture, Recording image, float[] map, String caption) {
        double largest = 0;
        for (float value : map) {
            largest = Math.max(largest, value);
        }
        String uri = new HeatMap(picture).over(map, image.height(), image.width(), largest);
        return Html.figure(uri, caption, caption);
    }

    private static float[] map(Recording image, String tensor, int place) {
        int tokens = image.size(tensor, 1);
        return Arrays.copyOfRange(image.values(tensor), place * tokens, (place + 1) * tokens);
    }

    private static double sum(float[] map) {
        double sum = 0;
        for (float value : map) {
            sum += value;
        }
        return sum;
    }

    private static BufferedImage read(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, "%s cannot be read: %s.".formatted(file, e), e);
        }
    }
}
