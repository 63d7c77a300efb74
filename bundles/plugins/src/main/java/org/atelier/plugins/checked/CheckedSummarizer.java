package org.atelier.plugins.checked;

import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.TextSummarizer;

/** A summarizer whose faults name it. */
public record CheckedSummarizer(PluginCalls calls, TextSummarizer summarizer) implements TextSummarizer {

    @Override
    public ContextText summarize(String text, ReadingListener listener) {
        return calls.call("summarize()", () -> summarizer.summarize(text, listener));
    }

    @Override
    public void check() {
        calls.run("check()", summarizer::check);
    }
}
