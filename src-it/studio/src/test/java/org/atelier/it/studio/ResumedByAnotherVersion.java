package org.atelier.it.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.osgi.framework.Bundle;

/**
 * Ends a set after its first image and resumes it: with the plugin that it was started with, installed again, with
 * another build of its version, and with a newer one.
 */
public final class ResumedByAnotherVersion implements Callable<List<String>> {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a fish", "a cat")
            .seed(1L)
            .steps(2)
            .width(64)
            .height(64)
            .attention("partial")
            .attentionOption("of", "traced")
            .build();

    private final StudioEnvironment environment = new StudioEnvironment();
    private final List<String> results = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        Bundle old = environment.install("traced-1");
        Path same = endedAfterOneImage();
        Path builtAgain = endedAfterOneImage();
        Path another = endedAfterOneImage();
        environment.versions();
        old.uninstall();
        Bundle identical = environment.install("traced-1");
        resume(same);
        identical.uninstall();
        Bundle rebuilt = environment.install("traced-1-rebuilt");
        resume(builtAgain);
        rebuilt.uninstall();
        Bundle newer = environment.install("traced-2");
        resume(another);
        newer.uninstall();
        return results;
    }

    private Path endedAfterOneImage() throws IOException {
        Path folder = Files.createTempDirectory("atelier-resumed-");
        try {
            environment.studio().generate(REQUEST, folder, new EndingAfterOneImage());
            throw new IllegalStateException("nobody ended the set");
        } catch (AtelierException e) {
            if (e.code() != AtelierException.Code.CANCELLED) {
                throw e;
            }
            return folder;
        }
    }

    private static final class EndingAfterOneImage implements SetListener {
        private boolean finished;

        @Override
        public void finished(GeneratedImage image) {
            finished = true;
        }

        @Override
        public boolean cancelled() {
            return finished;
        }
    }

    private void resume(Path folder) {
        Notes notes = new Notes();
        GeneratedSet set = environment.studio().resume(folder, notes);
        results.add(set.images().size() + " images, traced by " + environment.versions());
        notes.sentences.stream()
                .filter(note -> note.contains("from the start"))
                .map(note -> note.replaceAll("code [0-9a-f]{16}", "code HASH"))
                .forEach(results::add);
    }

    private static final class Notes implements SetListener {
        private final List<String> sentences = new ArrayList<>();

        @Override
        public void noted(String sentence) {
            sentences.add(sentence);
        }
    }
}
