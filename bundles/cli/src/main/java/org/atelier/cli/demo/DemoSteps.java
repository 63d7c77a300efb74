package org.atelier.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.cli.demo.DemoStep.ShownSet;

/** The commands of the demonstration, in the order in which they run: later ones use what earlier ones wrote. */
final class DemoSteps {

    /** The folder of the included inputs, beside the results. */
    static final String INPUTS = "inputs";

    private static final String SEED = "3";

    private static final String CARD = "tile.style";

    private final String steps;

    /** @param steps the denoising steps of each set */
    DemoSteps(int steps) {
        this.steps = String.valueOf(steps);
    }

    List<DemoStep> all() {
        return List.of(
                generate(
                        "Images without a common style",
                        "Each prompt generates an image on its own. No prompt names a style, so each image has another.",
                        "unaligned",
                        List.of("a house", "a fish", "a rocket", "a castle"),
                        "--attention",
                        "none"),
                generate(
                        "A set in one style",
                        "The same prompts from the same noise. While they are generated, the images attend to the first one"
                                + " and take its statistics.",
                        "aligned",
                        List.of("a house", "a fish", "a rocket", "a castle")),
                generate(
                        "The style of a picture",
                        "The set takes its style from a picture that the model has never seen. Its latents are computed by"
                                + " DDIM inversion. The style is also stored in a file, the style card.",
                        "from-a-picture",
                        List.of("a cat", "a cup", "a boat"),
                        "--reference",
                        INPUTS + "/tile.png",
                        "--reference-prompt",
                        "a turquoise lighthouse, stained glass",
                        "--save-style",
                        CARD),
                generate(
                        "More images in that style, later",
                        "A style card stands for the picture: it needs no inversion.",
                        "from-a-style-card",
                        List.of("a fish", "a mushroom", "a star"),
                        "--style-card",
                        CARD),
                generate(
                        "A picture as context",
                        "A captioning model describes the picture; its words are added to every prompt. Here the prompts name the weather only.",
                        "picture",
                        List.of("rainy weather", "snowy weather", "clear night"),
                        "--picture",
                        INPUTS + "/picture.png"),
                generate(
                        "Speech as context",
                        "A speech recognition model transcribes the recording.",
                        "speech",
                        List.of("a house", "a boat"),
                        "--speech",
                        INPUTS + "/note.wav"),
                generate(
                        "Music as context",
                        "An audio model compares the tune with descriptions of moods.",
                        "music",
                        List.of("a house", "a boat"),
                        "--style",
                        "pop art",
                        "--music",
                        INPUTS + "/song.wav"),
                generate(
                        "Weather as context",
                        "The weather of a place, or a word for it where there is no network.",
                        "weather",
                        List.of("a house", "a boat"),
                        "--style",
                        "paper cutout",
                        "--weather",
                        "snow"),
                new DemoStep(
                        "All of them, summarised",
                        "What each input is turned into, and the summary that takes the place of a long text.",
                        List.of(
                                "describe",
                                "--picture",
                                INPUTS + "/picture.png",
                                "--speech",
                                INPUTS + "/note.wav",
                                "--music",
                                INPUTS + "/song.wav",
                                "--weather",
                                "snow",
                                "--summary",
                                "always"),
                        List.of()),
                generate(
                        "Shapes by edges",
                        "A ControlNet makes the images follow the edges of a drawing.",
                        "edges",
                        List.of("a house", "a castle", "a house"),
                        "--style",
                        "stained glass",
                        "--control",
                        "canny=" + INPUTS + "/drawing.png"),
                generate(
                        "Shapes by depth",
                        "A model estimates the depth of the drawing, and a ControlNet makes the images follow it.",
                        "depth",
                        List.of("a house", "a castle", "a house"),
                        "--style",
                        "watercolor painting",
                        "--control",
                        "depth=" + INPUTS + "/drawing.png"),
                ablation());
    }

    /** One set for each variant of the method, and what the metrics say of it. */
    private DemoStep ablation() {
        String folder = "ablation";
        return new DemoStep(
                "What each part of the method does",
                "The same set unaligned, with full attention sharing, without AdaIN and with the full method, measured by"
                        + " every metric; in parentheses, in proportion to the unaligned set. One set of three images is an"
                        + " example, no measurement.",
                List.of(
                        "evaluate",
                        "ablation",
                        "a house",
                        "a fish",
                        "a rocket",
                        "--style",
                        "",
                        "--seed",
                        SEED,
                        "--steps",
                        steps,
                        "--out",
                        folder),
                Stream.of("unaligned", "full-sharing", "shared-without-adain", "aligned")
                        .map(variant ->
                                new ShownSet(variant.replace('-', ' '), folder + "/seed-" + SEED + "/" + variant))
                        .toList());
    }

    private DemoStep generate(String title, String text, String folder, List<String> prompts, String... options) {
        List<String> arguments = new ArrayList<>(List.of("generate"));
        arguments.addAll(prompts);
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--seed", SEED, "--steps", steps, "--out", folder));
        return new DemoStep(title, text, List.copyOf(arguments), List.of(new ShownSet("", folder)));
    }
}
