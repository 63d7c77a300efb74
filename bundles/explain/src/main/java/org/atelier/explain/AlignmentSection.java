package org.atelier.explain;

import static org.atelier.html.HtmlText.escaped;
import static org.atelier.html.HtmlText.number;

import java.util.ArrayList;
import java.util.List;

/** What AdaIN does to queries and keys, and how much attention the reference gets by it. */
final class AlignmentSection {

    private final Material material;

    AlignmentSection(Material material) {
        this.material = material;
    }

    Section section() {
        Recordings detailed = material.recordings().detailed();
        int step = detailed.middleStep();
        Recording shown = detailed.at(step).sharing().get(0);
        String content = """
                <p class="note">%s, layer %d (%s, %d × %d tokens, %d heads), step %d of %d.
                <span class="key f0">reference</span> <span class="key f1">image, before</span>
                <span class="key f2">image, after</span></p>
                <div class="plots">
                %s</div>
                %s""".formatted(
                        escaped(material.prompt(shown)),
                        shown.layer(),
                        escaped(shown.block()),
                        shown.height(),
                        shown.width(),
                        shown.heads(),
                        step + 1,
                        shown.steps(),
                        plots(shown),
                        shares(detailed));
        return new Section(
                "adain",
                "What AdaIN does",
                "AdaIN gives every channel of an image's queries and keys the mean and deviation of the reference's; the"
                        + " values stay the image's own. The table has the share of attention that goes to the reference"
                        + " with AdaIN, and what it would be with the image's own queries and keys of the same step.",
                material.recordingCommand(),
                content);
    }

    private static String plots(Recording shown) {
        StringBuilder plots = new StringBuilder();
        for (String kind : List.of("query", "key")) {
            if (!shown.has(kind + ".reference-0.moments")) {
                continue;
            }
            FeaturePlot plot = new FeaturePlot(shown, kind);
            int channels = shown.size(kind + ".own.moments", 2);
            int channel = shown.number(kind + ".channel");
            String name = kind.equals("key") ? "Keys" : "Queries";
            plots.append(
                    "<figure><figcaption>%s: the channel that differs most (head %d, channel %d)</figcaption>%s</figure>\n"
                            .formatted(name, channel / channels, channel % channels, plot.histogram()));
            plots.append(
                    "<figure><figcaption>%s: means of all channels; %s deviations from the reference's before, %s after</figcaption>%s</figure>\n"
                            .formatted(
                                    name,
                                    number(plot.distance("own")),
                                    number(plot.distance("aligned")),
                                    plot.means()));
        }
        return plots.toString();
    }

    private String shares(Recordings detailed) {
        List<Integer> steps = detailed.steps();
        List<String> heads = new ArrayList<>(List.of("share of attention to the reference"));
        steps.forEach(step -> heads.add("step " + (step + 1)));
        List<String> rows = new ArrayList<>();
        detailed.at(steps.get(0)).sharing().stream()
                .filter(each -> each.has("share-without-adain.reference-0"))
                .limit(ExplanationPlan.SHOWN)
                .forEach(first -> {
                    rows.add(row(detailed, first, "without AdaIN", "share-without-adain.reference-"));
                    rows.add(row(detailed, first, "with AdaIN", "share.reference-"));
                });
        return rows.isEmpty()
                ? ""
                : Html.table("Share of attention to the reference", heads, rows)
                        .replace("class=\"images\"", "class=\"numbers\"");
    }

    private String row(Recordings detailed, Recording image, String title, String tensor) {
        List<String> cells = detailed.steps().stream()
                .map(step -> detailed.at(step).sharing().stream()
                        .filter(each -> each.number() == image.number())
                        .findFirst()
                        .map(each -> bar(total(each, tensor)))
                        .orElse(""))
                .toList();
        return Html.row(material.prompt(image) + ", " + title, cells);
    }

    private static double total(Recording recording, String tensor) {
        double total = 0;
        for (int reference = 0; recording.has(tensor + reference); reference++) {
            total += recording.mean(tensor + reference);
        }
        return total;
    }

    private static String bar(double share) {
        return "%s<span class=\"bar\"><i style=\"width:%d%%\"></i></span>"
                .formatted(Html.percent(share), Math.round(share * 100));
    }
}
