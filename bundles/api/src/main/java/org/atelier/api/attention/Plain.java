package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** The attention that the network was trained with: softmax(q kᵀ / √d) v within each image. */
enum Plain implements Attention {
    INSTANCE;

    @Override
    public NDArray attend(AttentionCall call) {
        Heads own = call.own();
        return call.kernels().attend(own.query(), List.of(Part.of(own.key(), own.value())));
    }
}
