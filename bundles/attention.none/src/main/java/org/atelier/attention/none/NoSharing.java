package org.atelier.attention.none;

import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.service.component.annotations.Component;

/** Generates every image independently, without style alignment. */
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=none")
public final class NoSharing implements AttentionStrategy {

    @Override
    public Attention at(AttentionLayer layer) {
        return Attention.plain();
    }

    @Override
    public Coupling coupling() {
        return Coupling.NONE;
    }
}
