package org.atelier.it.studio;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Consumer;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;
import org.osgi.framework.BundleContext;

/** Plain attention that tells of its bundle's version whenever it attends. */
public final class TracedAttention implements AttentionStrategy {

    /** Loaded only when a picture is drawn. */
    static final class Late {
        static NDArray attend(Heads own, Kernels kernels) {
            return kernels.attend(own.query(), List.of(Part.of(own.key(), own.value())));
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
        return this::attend;
    }

    private NDArray attend(Heads own, List<Reference> references, Kernels kernels) {
        trace.accept(ended ? "ended " + version : version);
        return Late.attend(own, kernels);
    }

    /** Called by declarative services. */
    public void end() {
        ended = true;
    }
}
