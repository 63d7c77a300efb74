package org.atelier.it.studio;

import java.util.Map;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;

/** A plugin that fails in its constructor, or waits there until it is interrupted. */
public final class NeverReady implements AttentionStrategy {

    public NeverReady(Map<String, Object> properties) throws InterruptedException {
        if ("throwing".equals(properties.get("how"))) {
            throw new IllegalStateException("no glue in the pot");
        }
        synchronized (this) {
            while (properties.containsKey("how")) {
                wait();
            }
        }
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return Attention.plain();
    }
}
