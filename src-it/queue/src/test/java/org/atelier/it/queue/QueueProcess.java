package org.atelier.it.queue;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;

/** A process with a queue: a framework in the folder that is its one argument, until all sets have ended. */
final class QueueProcess {

    static final String[] BUNDLES = {
        "org.snakeyaml.engine",
        "org.atelier.libs.djl",
        "org.atelier.api",
        "org.atelier.tensor",
        "org.atelier.models",
        "org.atelier.pictures",
        "org.atelier.samplers",
        "org.atelier.diffusion",
        "org.atelier.attention.none",
        "org.atelier.plugins",
        "org.atelier.requests",
        "org.atelier.studio",
        "org.atelier.queue"
    };

    private QueueProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (TestFramework framework = TestFramework.start(Path.of(arguments[0]), BUNDLES)) {
            framework.inside(ServedSets.class, Visitor.class);
        }
    }
}
