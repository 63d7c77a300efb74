package org.example.looping;

import java.util.concurrent.CountDownLatch;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionLayer;
import org.osgi.service.component.annotations.Component;

/** Its constructor never comes to an end, not even when it is interrupted. */
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=looping")
public final class LoopingAttention implements AttentionStrategy {

    public LoopingAttention() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // As somebody's code does that knows no end.
            }
        }
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return Attention.plain();
    }
}
