package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.atelier.models.source.Weights;

/** Provides every requested tensor and records its name and shape. */
final class ListingWeights implements Weights {

    private final Function<Shape, NDArray> factory;
    private final SortedMap<String, String> requested = new TreeMap<>();

    /** @param factory creates a tensor of a shape */
    ListingWeights(Function<Shape, NDArray> factory) {
        this.factory = factory;
    }

    /** Shapes by name, as comma-separated sides. */
    SortedMap<String, String> requested() {
        return requested;
    }

    @Override
    public NDArray tensor(String name, long... shape) {
        String sides = Arrays.toString(shape).replaceAll("[\\[\\] ]", "");
        if (requested.put(name, sides) != null) {
            throw new AssertionError(name + " is requested twice");
        }
        return factory.apply(new Shape(shape));
    }

    @Override
    public Set<String> unread() {
        return Set.of();
    }

    @Override
    public Path path() {
        return Path.of("sdxl-base-1.0");
    }
}
