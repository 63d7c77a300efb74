package org.atelier.it.doctor;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;

/** A plugin that fails in its constructor, or waits there for ever. */
public final class NeverReady implements AttentionStrategy {

    public NeverReady(Map<String, Object> properties) {
        if ("throwing".equals(properties.get("how"))) {
            throw new IllegalStateException("no glue in the pot");
        }
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
