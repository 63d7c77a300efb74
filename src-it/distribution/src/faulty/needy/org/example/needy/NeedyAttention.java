package org.example.needy;

import java.util.function.Supplier;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionLayer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** It needs a service that nobody offers. */
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=needy")
public final class NeedyAttention implements AttentionStrategy {

    private final Supplier<Attention> glue;

    @Activate
    public NeedyAttention(@Reference(target = "(kind=bone)") Supplier<Attention> glue) {
        this.glue = glue;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return glue.get();
    }
}
