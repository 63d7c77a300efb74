package org.atelier.plugins.checked;

import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;

/** A context source whose faults name it. */
public record CheckedContextSource(PluginCalls calls, ContextSource source) implements ContextSource {

    @Override
    public ContextText read(String input, ReadingListener listener) {
        return calls.call("read()", () -> source.read(input, listener));
    }

    @Override
    public void check(String input) {
        calls.run("check()", () -> source.check(input));
    }
}
