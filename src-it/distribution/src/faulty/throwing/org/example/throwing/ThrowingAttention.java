package org.example.throwing;

import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionLayer;
import org.osgi.service.component.annotations.Component;

/** Its constructor throws. */
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=throwing")
public final class ThrowingAttention implements AttentionStrategy {

    public ThrowingAttention() {
        throw new IllegalStateException("no glue in the pot");
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return Attention.plain();
    }
}
