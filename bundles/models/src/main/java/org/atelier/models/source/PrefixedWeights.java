package org.atelier.models.source;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** A view of the weights with a name prefix, without the prefix. */
final class PrefixedWeights implements Weights {

    private final Weights all;
    private final String prefix;

    PrefixedWeights(Weights all, String prefix) {
        this.all = all;
        this.prefix = prefix;
    }

    @Override
    public NDArray tensor(String name, long... shape) {
        return all.tensor(prefix + name, shape);
    }

    @Override
    public Set<String> unread() {
        Set<String> below = new TreeSet<>();
        for (String name : all.unread()) {
            if (name.startsWith(prefix)) {
                below.add(name.substring(prefix.length()));
            }
        }
        return below;
    }

    @Override
    public Path path() {
        return all.path();
    }
}
