package org.atelier.attention.full;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Full attention sharing: every image attends to the tokens of all images, without AdaIN. Hertz et al. 2024, section
 * 3.3, compare shared attention with it; it leaks content from image to image.
 */
@Designate(ocd = Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=full")
public final class FullSharing implements AttentionStrategy {

    private final double level;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public FullSharing(Options options) {
        this(options.level());
    }

    FullSharing(double level) {
        this.level = level;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return layer.kind() != Kind.SELF || layer.isPlainAt(level) ? Attention.plain() : FullSharing::attend;
    }

    @Override
    public Coupling coupling() {
        return Coupling.SET;
    }

    private static NDArray attend(AttentionCall call) {
        Heads own = call.own();
        return call.kernels().attend(own.query(), List.of(Part.of(ofAll(own.key()), ofAll(own.value()))));
    }

    /** Joins the tokens of all images: (image, head, token, channel) to (1, head, image · token, channel). */
    private static NDArray ofAll(NDArray tokens) {
        Shape shape = tokens.getShape();
        return tokens.transpose(1, 0, 2, 3).reshape(1, shape.get(1), shape.get(0) * shape.get(2), shape.get(3));
    }
}
