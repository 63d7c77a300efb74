package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ControlRules;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlCommandsTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a cat", "a fish")
            .controls(new ControlInput(
                    "canny", "/a.png", "ab".repeat(32), Map.of("low-threshold", 50.0), "net", 0.5, 0.1, 0.9))
            .controlRules(new ControlRules(true, false, "own"))
            .build();

    private final CommandLineOnFakes line = new CommandLineOnFakes(REQUEST);

    @Test
    void acceptsOneValueForAllControlsOrOneForEach() {
        int code = line.run(
                "generate",
                "a castle",
                "a boat",
                "--control",
                "canny=edges=1.png",
                "--control",
                "depth=/room.jpg",
                "--control-scale",
                "0.8",
                "--control-end",
                "0.5",
                "--control-end",
                "1",
                "--control-model",
                "one",
                "--control-model",
                "other",
                "--control-option",
                "canny.low-threshold=50",
                "--control-reference",
                "--control-words",
                "negative");

        assertEquals(0, code, line.err());
        assertEquals(
                List.of(
                        new ControlInput(
                                "canny",
                                "/home/user/edges=1.png",
                                null,
                                Map.of("low-threshold", "50"),
                                "one",
                                0.8,
                                0,
                                0.5),
                        new ControlInput("depth", "/room.jpg", null, Map.of(), "other", 0.8, 0, 1)),
                line.studio.request.controls().images());
        assertEquals(
                new ControlRules(false, true, "negative"),
                line.studio.request.controls().rules());
    }

    @Test
    void changesTheControlsOfARequest() {
        line.run("generate", "--request", "set.json", "--control-scale", "0.9");

        assertEquals(
                List.of(new ControlInput(
                        "canny", "/a.png", "ab".repeat(32), Map.of("low-threshold", 50.0), "net", 0.9, 0.1, 0.9)),
                line.studio.request.controls().images());
        assertEquals(REQUEST.controls().rules(), line.studio.request.controls().rules());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--control drawing.png | --control takes KIND=FILE, as in canny=drawing.png, not 'drawing.png'.",
                "--control canny= | --control takes KIND=FILE, as in canny=drawing.png, not 'canny='.",
                "--control-scale 0.5 | --control-scale requires --control.",
                "--control canny=a.png --control-end 0.5 --control-end 1 | There are 2 --control-end for 1 --control;"
                        + " give one for all or one for each.",
                "--control canny=a.png --control-option depth.model=x | --control-option requires"
                        + " KIND.NAME=VALUE with a kind that is in use, not 'depth.model=x'.",
            })
    void rejectsAnInvalidControl(String options, String fault) {
        List<String> arguments = new ArrayList<>(List.of("generate", "a castle", "a boat"));
        arguments.addAll(List.of(options.split(" ")));

        assertEquals(2, line.run(arguments.toArray(String[]::new)));
        assertEquals("atelier: " + fault + "\n", line.err());
    }

    @Test
    void preprocesses() {
        int code = line.run(
                "preprocess",
                "canny",
                "drawing.png",
                "--out",
                "edges.png",
                "--size",
                "64x32",
                "--control-option",
                "canny.aperture=5");

        assertEquals(0, code, line.err());
        assertEquals("/home/user/edges.png\n", line.out());
        assertEquals(
                ControlInput.of("canny", "/home/user/drawing.png").withOptions(Map.of("aperture", "5")),
                line.studio.control);
        assertEquals("64x32", line.studio.size);
        assertEquals(Path.of("/home/user/edges.png"), line.studio.written);
    }

    @Test
    void listsControlImagesBetweenTheImagesAndTheSheet() {
        line.studio.controls = List.of(
                new ControlImage("canny", List.of(1, 2), Path.of("/home/user/set/control-canny.png"), "ab"),
                new ControlImage("depth", List.of(2), Path.of("/home/user/set/control-depth.png"), "cd"));

        line.run("generate", "a castle", "--out", "set");
        assertEquals(
                List.of(
                        "000.png  a castle",
                        "control-canny.png  control: canny, applies to images 1, 2",
                        "control-depth.png  control: depth, applies to image 2",
                        "contact-sheet.png",
                        "set.json",
                        "/home/user/set"),
                line.out().lines().toList());
    }

    @Test
    void listsControlImagesInJson() {
        line.studio.controls =
                List.of(new ControlImage("canny", List.of(1, 2), Path.of("/home/user/set/control-canny.png"), "ab"));

        line.run("generate", "a castle", "--out", "set", "--json");
        assertEquals(
                "[{\"control\":\"canny\",\"file\":\"/home/user/set/control-canny.png\",\"applies_to\":[1,2],\"sha256\":\"ab\"}]",
                JsonParser.parseString(line.out())
                        .getAsJsonObject()
                        .get("controls")
                        .toString());
    }
}
