package org.atelier.queue;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.atelier.api.job.SetQueue;

/** A subscription to the changes of all jobs. Changes during a call of the listener are one later call. */
final class ChangeSubscription implements SetQueue.Subscription {

    private final Runnable listener;
    private final Delivery delivery;
    private boolean changed;

    /**
     * @param threads runs the calls of the listener
     * @param closing called when the subscription ends
     */
    ChangeSubscription(Runnable listener, Executor threads, Consumer<ChangeSubscription> closing) {
        this.listener = listener;
        this.delivery = new Delivery(this::take, threads, () -> closing.accept(this));
    }

    /** Has the listener called soon. */
    void signal() {
        synchronized (this) {
            changed = true;
        }
        delivery.signal();
    }

    private synchronized Runnable take() {
        boolean call = changed;
        changed = false;
        return call ? listener : null;
    }

    @Override
    public void close() {
        delivery.close();
    }
}
