package org.atelier.it.harness;

import java.util.List;
import java.util.stream.Stream;

/** The bundles of a studio. */
public final class StudioBundles {

    private static final List<String> STUDIO = List.of(
            "org.snakeyaml.engine",
            "org.atelier.libs.djl",
            "org.atelier.api",
            "org.atelier.tensor",
            "org.atelier.models",
            "org.atelier.pictures",
            "org.atelier.diffusion",
            "org.atelier.samplers",
            "org.atelier.plugins",
            "org.atelier.requests",
            "org.atelier.studio");

    private StudioBundles() {}

    /** The symbolic names of the studio bundles and of others. */
    public static String[] and(String... others) {
        return Stream.concat(STUDIO.stream(), Stream.of(others)).toArray(String[]::new);
    }
}
