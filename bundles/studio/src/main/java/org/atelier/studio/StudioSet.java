package org.atelier.studio;

import java.util.List;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.studio.resolve.OpenedSet;

/** An opened set and its runner. */
record StudioSet(OpenedSet set, SetRunner runner) implements ResolvedSet {

    @Override
    public SetRequest request() {
        return set.request();
    }

    @Override
    public List<String> unusedValues() {
        return set.unusedValues();
    }

    @Override
    public GeneratedSet generate(SetOutput output, SetListener listener) {
        return runner.run(set, output, listener);
    }

    @Override
    public void close() {
        set.close();
    }
}
