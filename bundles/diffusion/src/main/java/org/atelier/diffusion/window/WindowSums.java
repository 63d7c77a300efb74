package org.atelier.diffusion.window;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Joins the predictions for the views of a set to one prediction for each image, at one step. Views are added one by one
 * in any order; an image that is one view needs no sum.
 */
public final class WindowSums {

    private final NDManager memory;
    private final Map<Integer, Long> pending;
    private final Map<Integer, WindowSum> sums = new HashMap<>();

    /**
     * @param views all views of the set
     * @param memory stays open as long as the step
     */
    public WindowSums(Collection<View> views, NDManager memory) {
        this.memory = memory;
        this.pending = views.stream().collect(Collectors.groupingBy(View::image, Collectors.counting()));
    }

    /**
     * Adds the prediction for a view.
     *
     * @param prediction (1, channel, height, width) of the view
     * @param image latents of the whole image, (1, channel, height, width)
     * @param complete receives the prediction for the image, shaped as the image, once this was its last view; it is valid
     *     only until {@code complete} returns
     */
    public void add(View view, NDArray prediction, NDArray image, Consumer<NDArray> complete) {
        boolean last = pending.merge(view.image(), -1L, Long::sum) == 0;
        if (last && !sums.containsKey(view.image())) {
            complete.accept(prediction);
            return;
        }
        WindowSum sum = sums.computeIfAbsent(view.image(), first -> new WindowSum(image.getShape(), memory));
        sum.add(view, prediction);
        if (last) {
            sums.remove(view.image());
            try (sum) {
                complete.accept(sum.mean());
            }
        }
    }
}
