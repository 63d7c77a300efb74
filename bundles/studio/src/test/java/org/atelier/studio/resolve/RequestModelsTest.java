package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequiredModels;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StyleCardFile;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestModelsTest {

    private static final ContextInput WALL = ContextInput.of("picture", "wall.png");

    private final FakePlugins plugins = new FakePlugins();
    private final FakeControls controls = new FakeControls(plugins);
    private final RequiredModels models =
            new RequestModels(new FakeLibrary(), plugins.registries(), controls.networks());

    @BeforeEach
    void installPlugins() {
        new FakeContexts(plugins).withCaptions().withSummaries();
    }

    private static SetRequestBuilder request() {
        return SetRequest.builder().prompts("a house", "a fish");
    }

    @Test
    void listsTheModelsOfContextsSummaryAndControlsOnce() {
        SetRequest request = request()
                .contexts(
                        WALL,
                        ContextInput.of("calendar", "calm"),
                        WALL,
                        new ContextInput("picture", "sea.png", Map.of("model", "large-caption"), false, null))
                .summary(ContextSummary.of("always"))
                .controls(
                        ControlInput.of("canny", "a.png"),
                        new ControlInput("depth", "b.png", null, Map.of(), "org/net", 1, 0, 1))
                .build();

        assertEquals(
                List.of(
                        "sketchbook",
                        "tiny-picture",
                        "large-caption",
                        "tiny-brief",
                        "sketchbook-canny",
                        "tiny-depth",
                        "org/net"),
                models.ofSet(request));
    }

    @Test
    void listsTheCaptionModelForAReferenceWithoutAPrompt() {
        ReferenceFile silent = new ReferenceFile("wall.png", "", 1, null);
        assertEquals(
                List.of("sketchbook", "tiny-picture"),
                models.ofSet(request().references(silent).build()));
        assertEquals(
                List.of("sketchbook"),
                models.ofSet(request()
                        .references(new ReferenceFile("wall.png", "a wall", 1, null))
                        .build()));
        assertEquals(
                List.of("sketchbook"),
                models.ofSet(request()
                        .references(silent)
                        .card(new StyleCardFile("/pop.style", "c0ffee"))
                        .build()));
    }

    @Test
    void listsNoModelForResolvedContextsAndOptionalSummaries() {
        ContextText said = new ContextText("a wall", "tiny-caption", null, List.of());

        assertEquals(
                List.of("sketchbook"),
                models.ofSet(request().contexts(WALL.withText(said)).build()));
        assertEquals(
                List.of("sketchbook"),
                models.ofSet(request()
                        .contexts(WALL.withText(said))
                        .summary(new ContextSummary("always", said, null))
                        .build()));
    }

    @Test
    void listsOnlyTheMainModelIfItIsMissing() {
        SetRequest request = request()
                .model("absent")
                .controls(ControlInput.of("canny", "a.png"))
                .build();

        assertEquals(List.of("absent"), models.ofSet(request));
    }

    @Test
    void listsTheModelsOfTheSelectedMetrics() {
        plugins.bind(PluginKind.METRIC, properties -> null, FakePlugins.reading("depth", 1));
        plugins.bind(PluginKind.METRIC, properties -> null, FakePlugins.reference("palette", 2));

        assertEquals(List.of(), models.ofMetrics(List.of()));
        assertEquals(
                List.of("tiny-depth", "large-depth"),
                models.ofMetrics(List.of(
                        MetricSelection.of("palette"),
                        MetricSelection.of("depth"),
                        new MetricSelection("depth", Map.of("model", "large-depth")),
                        MetricSelection.of("beauty"))));
    }

    @Test
    void ignoresFaultsOfTheRequest() {
        assertEquals(
                List.of(),
                models.ofContexts(SetRequest.builder()
                        .contexts(List.of(
                                ContextInput.of("horoscope", "lion"),
                                new ContextInput("picture", "wall.png", Map.of("tide", 1L), false, null)))
                        .build()));
        assertEquals(List.of(), models.ofPreprocessing("no-such-model", ControlInput.of("sobel", "a.png")));
        assertEquals(List.of("tiny-depth"), models.ofPreprocessing("no-such-model", ControlInput.of("depth", "a.png")));
    }
}
