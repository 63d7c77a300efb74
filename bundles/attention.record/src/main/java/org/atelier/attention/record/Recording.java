package org.atelier.attention.record;

import ai.djl.ndarray.NDArray;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;

/** What recordings of images and references have in common. */
final class Recording {

    /** The version of the format; a reader refuses others. */
    static final int VERSION = 1;

    /** Tokens of which the attended values are recorded. */
    private static final int MOST_OUTPUTS = 1024;

    private Recording() {}

    /** @param of image or reference */
    static TensorFile begin(AttentionCall call, String of) {
        TensorFile file = new TensorFile();
        AttentionLayer layer = call.layer();
        file.put("format", "atelier-attention");
        file.put("version", VERSION);
        file.put("of", of);
        file.put("step", call.step().index());
        file.put("steps", call.step().count());
        file.put("timestep", call.step().timestep());
        file.put("sigma", call.step().sigma());
        file.put("layer", layer.index());
        file.put("layers", layer.count());
        file.put("block", layer.block());
        file.put("heads", layer.heads());
        file.put("height", layer.height());
        file.put("width", layer.width());
        return file;
    }

    /**
     * Adds the attended values of evenly spaced tokens.
     *
     * @param attended (1, head, token, channel)
     */
    static void output(TensorFile file, AttentionLayer layer, NDArray attended) {
        Grid grid = Grid.of(layer.height(), layer.width(), MOST_OUTPUTS);
        NDArray chosen = tokens(attended, grid.indices());
        long features = chosen.getShape().get(1) * chosen.getShape().get(3);
        file.putHalf("output", Features.floats(chosen.transpose(0, 2, 1, 3)), grid.height(), grid.width(), features);
    }

    /**
     * Selects tokens.
     *
     * @param features (1, head, token, channel)
     */
    static NDArray tokens(NDArray features, long[] indices) {
        NDArray tokens = features.getManager().create(indices);
        return features.transpose(2, 0, 1, 3).get(tokens).transpose(1, 2, 0, 3);
    }
}
