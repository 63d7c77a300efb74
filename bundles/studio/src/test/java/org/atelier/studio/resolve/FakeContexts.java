package org.atelier.studio.resolve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.TextSummarizer;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;

/**
 * Context plugins as a framework would provide them: a calendar that returns the mood of a day, and a captioner that returns a
 * house for every image.
 */
public final class FakeContexts {

    /** The kinds whose inputs are files. */
    public static final ContextKinds KINDS = Set.of("picture", "speech", "music")::contains;

    public final List<String> checked = new ArrayList<>();
    public final List<String> read = new ArrayList<>();

    private final FakePlugins plugins;

    private Code missingModel;

    public FakeContexts(FakePlugins plugins) {
        this.plugins = plugins;
        plugins.bind(PluginKind.CONTEXT, FakePlugins.factory(Calendar::new), FakePlugins.reference("calendar", 1));
    }

    /** Adds the captioner. */
    public FakeContexts withCaptions() {
        ContextSource caption = (input, listener) -> new ContextText("a red house", "tiny-caption", 0.875, List.of());
        plugins.bind(PluginKind.CONTEXT, FakePlugins.factory(() -> caption), FakePlugins.reading("picture", 2));
        return this;
    }

    /** Adds a summariser that returns the first two words. */
    public FakeContexts withSummaries() {
        plugins.bind(PluginKind.SUMMARY, FakePlugins.factory(Brief::new), FakePlugins.reading("brief", 3));
        return this;
    }

    /** Makes the summariser fail from now on. */
    public FakeContexts withoutModel(Code code) {
        missingModel = code;
        return this;
    }

    ContextResolver resolver() {
        return new ContextResolver(
                new ContextReader(plugins.registries().of(PluginKind.CONTEXT), KINDS),
                new ContextSummarizer(plugins.registries().of(PluginKind.SUMMARY)));
    }

    private final class Calendar implements ContextSource {

        @Override
        public void check(String input) {
            checked.add(input);
            if (input.startsWith("never")) {
                throw new AtelierException(Code.INPUT_UNREADABLE, "There is no day '" + input + "'.");
            }
        }

        @Override
        public ContextText read(String input, ReadingListener listener) {
            read.add(input);
            listener.progressed(0.5);
            String text = input.equals("monday") ? "" : input + " mood";
            return new ContextText(text, "almanac", null, List.of(new ContextText.Part("day", input, 0.5)));
        }
    }

    private final class Brief implements TextSummarizer {

        @Override
        public void check() {
            if (missingModel != null) {
                throw new AtelierException(missingModel, "There is no model tiny-brief.");
            }
        }

        @Override
        public ContextText summarize(String text, ReadingListener listener) {
            check();
            String begin = Arrays.stream(text.split(" ")).limit(2).collect(Collectors.joining(" "));
            return new ContextText(begin, "brief", null, List.of());
        }
    }
}
