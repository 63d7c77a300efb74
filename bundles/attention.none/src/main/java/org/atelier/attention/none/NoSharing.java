package org.atelier.attention.none;

import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.service.component.annotations.Component;

/** Every image is generated as if it were alone: what a set looks like without an alignment of its style. */
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
