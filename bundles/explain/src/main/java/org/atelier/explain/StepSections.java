package org.atelier.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.atelier.api.evaluation.MethodVariant;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.html.EmbeddedImage;

/** The sections made of generated pictures: over the steps, without parts, with blends and controls. */
final class StepSections {

    private final Material material;

    StepSections(Material material) {
        this.material = material;
    }

    /** The prediction of each image over the steps. */
    Section steps() {
        List<String> rows = new ArrayList<>();
        List<String> heads = new ArrayList<>(List.of(""));
        material.strips().predictions().forEach((number, strip) -> {
            if (rows.isEmpty()) {
                strip.keySet().forEach(step -> heads.add("step " + step));
            }
            rows.add(Html.row(prompt(number), images(strip, prompt(number))));
        });
        return new Section(
                "steps",
                "From noise to picture",
                "At each step the network predicts the finished picture from what is still noisy; the next step starts a"
                        + " little closer to it. The first predictions decide the composition and the colours, the last"
                        + " ones only the details, so the style is shared from the first step on.",
                material.command(material.plan().method()),
                Html.table("Predictions over the steps", heads, rows));
    }

    private String prompt(int image) {
        return material.method().request().itemOf(image).prompt();
    }

    static List<String> images(SortedMap<Integer, String> strip, String of) {
        List<String> cells = new ArrayList<>();
        strip.forEach((step, uri) -> cells.add(Html.image(uri, "%s, step %d".formatted(of, step))));
        return cells;
    }

    /** The set without each part of the method. */
    Section parts() {
        List<String> rows = new ArrayList<>();
        for (PlannedSet variant : material.plan().variants()) {
            rows.add(row(variant));
        }
        PlannedSet method = material.plan().method();
        String attention = material.plan().resolved().sharing().attention();
        rows.add(row(new PlannedSet(
                method.name(),
                attention.equals("shared") ? MethodVariant.ALIGNED.title() : "attention " + attention,
                method.request())));
        List<String> heads = new ArrayList<>(List.of(""));
        material.method().request().prompts().forEach(heads::add);
        String commands = String.join(
                "\n", material.plan().variants().stream().map(material::command).toList());
        return new Section(
                "parts",
                "Without each part",
                "Every row has the same prompts and starts from the same noise; only the attention differs. Unaligned, each"
                        + " image attends to itself; with full sharing to all images, without AdaIN; and in the third row to"
                        + " the first image or the given reference, with its own queries and keys.",
                commands,
                Html.table("The set without each part", heads, rows));
    }

    private String row(PlannedSet planned) {
        List<String> cells = Material.images(material.set(planned)).stream()
                .map(image -> Html.image(EmbeddedImage.of(image.file()), image.prompt()))
                .toList();
        return Html.row(planned.title(), cells);
    }

    /** Two references with several weights. */
    Section blends() {
        List<PlannedSet> blends = material.plan().blends();
        List<String> heads = new ArrayList<>(List.of("weights", "blend"));
        Material.images(material.set(blends.get(0))).forEach(image -> heads.add(image.prompt()));
        List<String> rows = blends.stream().map(this::blend).toList();
        return new Section(
                "blends",
                "Between two references",
                "The latents of both references are blended by the method %s, and the blend is inverted as one picture; with other"
                                .formatted(blends.get(0).request().references().blend())
                        + " blends each reference stays separate. The numbers are the weights of the first and the second"
                        + " reference; the noise is the same in all rows.",
                String.join("\n", blends.stream().map(material::command).toList()),
                Html.table("Two references with several weights", heads, rows));
    }

    private String blend(PlannedSet planned) {
        GeneratedSet set = material.set(planned);
        List<String> cells = new ArrayList<>();
        cells.add(String.join(
                "",
                set.images().stream()
                        .filter(GeneratedImage::isReconstruction)
                        .map(image ->
                                Html.image(EmbeddedImage.of(image.file()), "the references at " + planned.title()))
                        .toList()));
        Material.images(set).forEach(image -> cells.add(Html.image(EmbeddedImage.of(image.file()), image.prompt())));
        String weights = String.join(
                " : ",
                planned.request().references().images().stream()
                        .map(reference -> String.format(Locale.ROOT, "%.1f", reference.weight()))
                        .toList());
        return Html.row(weights, cells);
    }

    /** The control pictures as the ControlNet gets them. */
    Section controls() {
        StringBuilder figures = new StringBuilder("<div class=\"tiles\">\n");
        for (ControlImage control : material.method().controls()) {
            String title = control.kind() + " for "
                    + String.join(
                            ", ", control.appliesTo().stream().map(this::prompt).toList());
            figures.append(Html.figure(EmbeddedImage.of(control.file()), title, title));
        }
        return new Section(
                "controls",
                "Control pictures as the network sees them",
                "A preprocessor turns each control picture into what the ControlNet was trained on, such as edges or"
                        + " depth. The ControlNet adds to the features of the network; keys, queries and values are shared"
                        + " as without it, so shapes come from here and the style from the reference.",
                material.command(material.plan().method()),
                figures.append("</div>").toString());
    }
}
