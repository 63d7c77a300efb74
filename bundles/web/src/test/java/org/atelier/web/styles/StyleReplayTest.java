package org.atelier.web.styles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.job.Job;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.web.http.ApiError;
import org.atelier.web.sets.FakeQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StyleReplayTest {

    private static final ReferenceFile REFERENCE = new ReferenceFile("/r.png", "a house", 1, "ab");
    private static final ImageFile PICTURE = new ImageFile("/i.png", "cd");
    private static final ControlInput CONTROL = ControlInput.of("canny", "/c.png");

    @TempDir
    private Path folder;

    private final FakeQueue queue = new FakeQueue();

    @BeforeEach
    void record() throws IOException {
        Files.writeString(folder.resolve("set.json"), "{\"request\": {}}");
    }

    @Test
    void generatesTheFirstImageWithTheCard() {
        SetRequest recorded = set().style("pop art, rain").build();
        Job replay = submit(recorded);

        assertEquals(List.of("a house"), replay.request().prompts());
        assertEquals(recorded.toBuilder().items(recorded.items().subList(0, 1)).build(), replay.request());
        assertEquals(folder.resolve("card"), replay.output().styleCard());
        assertEquals("style done", replay.client());
    }

    /** References are inverted without what the images of the set add. */
    @Test
    void leavesOutWhatAStyleFromReferencesDoesNotDependOn() {
        SetRequestBuilder plain = set().references(REFERENCE);
        Job replay = submit(plain.build().toBuilder()
                .controls(CONTROL, CONTROL)
                .initImages(PICTURE, PICTURE)
                .denoise(0.5)
                .masks(PICTURE)
                .build());

        assertEquals(set().references(REFERENCE).prompts("a house").build(), replay.request());
    }

    @Test
    void refusesAReferenceThatACardCannotHold() {
        assertRefused(set().initImages(PICTURE).denoise(0.5).build(), "starts from a picture");
        assertRefused(set().controls(CONTROL).controlReference(true).build(), "follows a control");
        assertRefused(set().references(REFERENCE).contents(PICTURE).build(), "content images");
        assertTrue(queue.jobs().isEmpty());
    }

    @Test
    void refusesAJobWithoutARecord() throws IOException {
        for (String content : List.of("", "[]", "{}", "{\"request\": 1}")) {
            Files.writeString(folder.resolve("set.json"), content);
            assertRefused(set().build(), "no readable set.json");
        }
        Files.delete(folder.resolve("set.json"));
        assertRefused(set().build(), "no readable set.json");
        StyleReplay replays = new StyleReplay(queue, new FormatOf(set().build()));
        Job failed = FakeQueue.job("done", Job.State.FAILED, folder);
        assertTrue(assertThrows(ApiError.class, () -> replays.submit(failed, folder))
                .getMessage()
                .contains("is not complete"));
    }

    private static SetRequestBuilder set() {
        return SetRequest.builder().prompts("a house", "a fish").seed(7L);
    }

    private Job submit(SetRequest recorded) {
        return new StyleReplay(queue, new FormatOf(recorded))
                .submit(FakeQueue.job("done", Job.State.COMPLETED, folder), folder.resolve("card"));
    }

    private void assertRefused(SetRequest recorded, String expected) {
        ApiError error = assertThrows(ApiError.class, () -> submit(recorded));
        assertEquals(409, error.status());
        assertTrue(error.getMessage().contains(expected), error.getMessage());
    }

    /** Reads every record as one request. */
    private record FormatOf(SetRequest recorded) implements RequestFormat {

        @Override
        public SetRequest readBack(String written) {
            return recorded;
        }

        @Override
        public String write(SetRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> defaults() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(String text, String name) {
            throw new UnsupportedOperationException();
        }
    }
}
