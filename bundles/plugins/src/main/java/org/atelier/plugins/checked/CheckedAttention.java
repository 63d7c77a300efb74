package org.atelier.plugins.checked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;

/**
 * The attention of one layer whose faults name the strategy and the layer.
 *
 * @param method {@code attend(self-attention layer 3 in down1)}
 */
record CheckedAttention(PluginCalls calls, Attention attention, String method) implements Attention {

    /** Asked at each pass, since a strategy may decide once it has seen all layers. */
    @Override
    public boolean isPlain() {
        return calls.call("isPlain()", attention::isPlain);
    }

    @Override
    public NDArray attend(AttentionCall call) {
        Shape shape = call.own().query().getShape();
        NDArray attended = calls.call(method, () -> attention.attend(call));
        calls.requireShape(attended, shape, method);
        return attended;
    }
}
