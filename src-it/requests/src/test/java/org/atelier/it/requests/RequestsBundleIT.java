package org.atelier.it.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.RequestSurroundings;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsBundleIT {

    @Test
    void readsAndWritesRequests(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("recipe.yaml"), """
                items:
                  - prompt: a fish
                  - {prompt: a cup, seed: 7}
                style: stained glass
                steps: 12
                """);
        Files.writeString(home.resolve("faulty.yaml"), "items: [{prompt: a fish}]\nstep: 12\n");
        try (TestFramework framework = TestFramework.start(
                home,
                "org.snakeyaml.engine",
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.pictures",
                "org.atelier.requests")) {
            assertEquals(
                    List.of(
                            "[a fish, a cup] in stained glass",
                            "written and read back the same",
                            "faulty.yaml, line 2: $.step: unknown key; did you mean steps?"),
                    framework.inside(RecipeProbe.class, RequestSurroundings.class));
        }
    }
}
