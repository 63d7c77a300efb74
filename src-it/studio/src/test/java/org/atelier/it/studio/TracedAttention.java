package org.atelier.it.studio;

import ai.djl.ndarray.NDArray;
import java.util.function.Consumer;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.BundleContext;

/** Plain attention that reports the version of its bundle at every self-attention. */
public final class TracedAttention implements AttentionStrategy {

    /** Loaded only when an image is generated. */
    static final class Late {
        static NDArray attend(AttentionCall call) {
            return Attention.plain().attend(call);
        }
    }

    private final String version;
    private final Consumer<String> trace;
    private boolean ended;

    @SuppressWarnings("unchecked") // the only such service
    public TracedAttention(BundleContext context) {
        this.version = context.getBundle().getVersion().toString();
        this.trace = context.getService(context.getServiceReference(Consumer.class));
    }

    @Override
    public Coupling coupling() {
        return Coupling.NONE;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return layer.kind() == Kind.SELF ? this::attend : Attention.plain();
    }

    private NDArray attend(AttentionCall call) {
        trace.accept(ended ? "ended " + version : version);
        return Late.attend(call);
    }

    /** Called by declarative services. */
    public void end() {
        ended = true;
    }
}
