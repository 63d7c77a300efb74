package org.atelier.plugins;

import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.SetListener;

/** Cancels a set whose plugins are being withdrawn once the drain timeout has passed; forwards all calls. */
public final class WithdrawalListener extends ForwardingListener {

    private final PluginLeases leases;

    public WithdrawalListener(SetListener listener, PluginLeases leases) {
        super(listener);
        this.leases = leases;
    }

    /** @throws org.atelier.api.AtelierException {@code PLUGIN_WITHDRAWN} if the drain timeout has passed */
    @Override
    public boolean cancelled() {
        leases.throwIfRecalled();
        return super.cancelled();
    }
}
