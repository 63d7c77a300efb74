package org.atelier.diffusion.window;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The average of predictions where windows and regions of an image overlap, weighted by the masks of the regions. Windows are added one by one, so memory is that of one
 * image for any number of windows.
 */
public final class WindowSum implements AutoCloseable {

    private final NDManager memory;
    private final NDArray sum;
    private final NDArray count;

    /**
     * @param image (1, channel, height, width) of the whole image
     * @param parent a parent of the memory of the sum
     */
    public WindowSum(Shape image, NDManager parent) {
        this.memory = parent.newSubManager();
        this.sum = memory.zeros(image);
        this.count = memory.zeros(new Shape(1, 1, image.get(2), image.get(3)));
    }

    /** @param prediction (1, channel, height, width) of the view */
    public void add(View view, NDArray prediction) {
        Window window = view.window();
        try (NDManager pass = memory.newSubManager()) {
            if (view.weights() == null) {
                window.addTo(view(sum, pass), prediction);
                window.addTo(view(count, pass), pass.ones(new Shape(1, 1, window.height(), window.width())));
            } else {
                NDArray weights = window.cut(view.weights(), pass);
                window.addTo(view(sum, pass), view(prediction, pass).mul(weights));
                window.addTo(view(count, pass), weights);
            }
        }
    }

    /** The average, shaped as the image and owned by this sum; every part of the image must be in a view. */
    public NDArray mean() {
        return sum.div(count);
    }

    /** A view of the whole array; further views of it belong to {@code manager}. */
    private static NDArray view(NDArray array, NDManager manager) {
        NDArray view = array.get(":");
        view.attach(manager);
        return view;
    }

    @Override
    public void close() {
        memory.close();
    }
}
