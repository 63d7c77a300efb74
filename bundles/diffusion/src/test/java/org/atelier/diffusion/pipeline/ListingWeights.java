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

/** Gives whatever a network asks for, and notes it. */
final class ListingWeights implements Weights {

    private final Function<Shape, NDArray> making;
    private final SortedMap<String, String> asked = new TreeMap<>();

    /** @param making makes a tensor of a shape */
    ListingWeights(Function<Shape, NDArray> making) {
        this.making = making;
    }

    /** Name to shape, its sides joined by commas. */
    SortedMap<String, String> asked() {
        return asked;
    }

    @Override
    public NDArray tensor(String name, long... shape) {
        String sides = Arrays.toString(shape).replaceAll("[\\[\\] ]", "");
        if (asked.put(name, sides) != null) {
            throw new AssertionError(name + " is asked for twice");
        }
        return making.apply(new Shape(shape));
    }

    @Override
    public Set<String> untaken() {
        return Set.of();
    }

    @Override
    public Path path() {
        return Path.of("sdxl-base-1.0");
    }
}
