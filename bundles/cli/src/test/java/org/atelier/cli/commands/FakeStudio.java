package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** Records its calls and generates nothing. */
public final class FakeStudio implements Studio {

    RuntimeException fault;
    Runnable whileGenerating = () -> {};
    boolean begun;
    boolean hasSomethingMade;
    Path resumed;
    public SetRequest request;
    SetRequest described;
    Path folder;
    Path styleCard;
    ImageSelection only;
    ControlInput control;
    List<ControlImage> controls = List.of();
    String size;
    Path written;
    List<String> unusedValues = List.of();

    /** Whether the fault is that of the request. */
    boolean refusesToOpen;

    @Override
    public ResolvedSet open(SetRequest open) {
        request = open;
        if (refusesToOpen) {
            throw fault;
        }
        SetRequest resolved = open.toBuilder().seed(42L).build();
        return new ResolvedSet() {
            @Override
            public SetRequest request() {
                return resolved;
            }

            @Override
            public List<String> unusedValues() {
                return unusedValues;
            }

            @Override
            public GeneratedSet generate(SetOutput output, SetListener listener) {
                return generated(resolved, output, listener);
            }

            @Override
            public void close() {}
        };
    }

    private GeneratedSet generated(SetRequest resolved, SetOutput into, SetListener listener) {
        if (fault != null) {
            throw fault;
        }
        folder = into.folder();
        styleCard = into.styleCard();
        only = into.only();
        listener.started(resolved);
        listener.noted("This model is a toy.");
        begun = hasSomethingMade;
        whileGenerating.run();
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "Cancelled.");
        }
        List<GeneratedImage> images = List.of(
                new GeneratedImage(0, resolved.styledPrompt(0), 42L, folder.resolve("000.png"), "0".repeat(64)));
        return new GeneratedSet(
                folder,
                resolved,
                images,
                controls,
                only == null ? folder.resolve("contact-sheet.png") : null,
                folder.resolve("set.json"),
                styleCard);
    }

    @Override
    public void checkOutput(SetOutput output) {
        // Every output is accepted.
    }

    @Override
    public boolean hasSet(Path into) {
        return begun;
    }

    @Override
    public GeneratedSet resume(Path into, SetListener listener) {
        if (!begun) {
            throw new AtelierException(Code.INVALID_REQUEST, "Nothing is begun here.");
        }
        resumed = into;
        return generate(SetRequest.builder().prompts("a house").build(), into, listener);
    }

    @Override
    public void preprocess(String model, ControlInput image, Integer width, Integer height, Path out) {
        control = image;
        size = width + "x" + height;
        written = out;
    }

    @Override
    public Contexts describe(SetRequest request, SetListener listener) {
        described = request;
        ContextText rain = new ContextText(
                "rainy weather", "OpenWeather", 0.5, List.of(new ContextText.Part("wind", "5.1 m/s", null)));
        ContextText brief = new ContextText("rain", "T5", null, List.of());
        String when = request.contexts().summary().when();
        return new Contexts(
                request.contexts().inputs().stream()
                        .map(context -> context.withText(rain))
                        .toList(),
                new ContextSummary(when, when.equals("always") ? brief : null, null));
    }
}
