package org.atelier.it.queue;

import java.nio.file.Path;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;

/** A process with a queue: a framework in the folder that is its one argument, until all sets have ended. */
final class QueueProcess {

    static final String[] BUNDLES =
            StudioBundles.and("org.atelier.attention.none", "org.atelier.attention.shared", "org.atelier.queue");

    private QueueProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (TestFramework framework = TestFramework.start(Path.of(arguments[0]), BUNDLES)) {
            framework.inside(ServedSets.class, Visitor.class);
        }
    }
}
