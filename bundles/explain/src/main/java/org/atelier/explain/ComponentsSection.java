package org.atelier.explain;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.html.EmbeddedImage;

/** The principal components of what shared attention returns, over all images of the set, as colours. */
final class ComponentsSection {

    private static final int COLOURS = 3;

    /** The share of values beyond each end of the colour scale. */
    private static final double CLIPPED = 0.02;

    private final Material material;

    ComponentsSection(Material material) {
        this.material = material;
    }

    Section section() {
        Recordings detailed = material.recordings().detailed();
        List<String> heads = new ArrayList<>(List.of(""));
        List<String> rows = new ArrayList<>();
        for (int step : detailed.steps()) {
            List<Recording> all = all(detailed.at(step));
            if (rows.isEmpty()) {
                all.forEach(each -> heads.add(title(each)));
            }
            rows.add(row(step, all));
        }
        return new Section(
                "components",
                "What the images have in common",
                "Shared attention returns a vector for each token; its three principal components over all tokens of all"
                        + " images are shown as red, green and blue, so within a row the same colour is the same feature."
                        + " Where the style is shared, backgrounds and outlines of all images have the reference's colours, and"
                        + " only the objects differ.",
                material.recordingCommand(),
                Html.table("Principal components of shared attention", heads, rows)
                        .replace("class=\"images\"", "class=\"images components\""));
    }

    private List<Recording> all(Recordings at) {
        Stream<Recording> references = at.references().stream().filter(each -> each.has("output"));
        return Stream.concat(references, at.images().stream().limit(ExplanationPlan.SHOWN))
                .toList();
    }

    private String title(Recording recording) {
        return recording.isReference() ? "the reference" : material.prompt(recording);
    }

    private String row(int step, List<Recording> all) {
        List<List<float[]>> vectors =
                all.stream().map(ComponentsSection::vectors).toList();
        List<float[]> joined = vectors.stream().flatMap(List::stream).toList();
        PrincipalComponents components = PrincipalComponents.of(joined, COLOURS);
        double[][] range = range(joined.stream().map(components::project).toList());
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            cells.add(Html.image(
                    colours(all.get(i), vectors.get(i), components, range),
                    "%s, components at step %d".formatted(title(all.get(i)), step + 1)));
        }
        return Html.row("step %d, %s of the variance".formatted(step + 1, Html.percent(components.explained())), cells);
    }

    private static List<float[]> vectors(Recording recording) {
        float[] values = recording.values("output");
        int size = recording.size("output", 2);
        List<float[]> vectors = new ArrayList<>();
        for (int start = 0; start < values.length; start += size) {
            vectors.add(Arrays.copyOfRange(values, start, start + size));
        }
        return vectors;
    }

    /** The values of each component that get the darkest and the brightest colour. */
    private static double[][] range(List<double[]> coordinates) {
        double[][] range = new double[COLOURS][];
        for (int colour = 0; colour < COLOURS; colour++) {
            int component = Math.min(colour, coordinates.get(0).length - 1);
            double[] sorted = coordinates.stream()
                    .mapToDouble(each -> each[component])
                    .sorted()
                    .toArray();
            int clipped = (int) (CLIPPED * sorted.length);
            range[colour] = new double[] {sorted[clipped], sorted[sorted.length - 1 - clipped]};
        }
        return range;
    }

    private static String colours(
            Recording recording, List<float[]> vectors, PrincipalComponents components, double[][] range) {
        int height = recording.size("output", 0);
        int width = recording.size("output", 1);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int token = 0; token < vectors.size(); token++) {
            double[] coordinates = components.project(vectors.get(token));
            int rgb = 0;
            for (int colour = 0; colour < COLOURS; colour++) {
                double coordinate = coordinates[Math.min(colour, coordinates.length - 1)];
                double span = Math.max(range[colour][1] - range[colour][0], 1e-12);
                double share = Math.max(0, Math.min(1, (coordinate - range[colour][0]) / span));
                rgb = rgb << 8 | (int) Math.round(255 * share);
            }
            image.setRGB(token % width, Math.floorDiv(token, width), rgb);
        }
        return EmbeddedImage.png(image);
    }
}
