package org.atelier.plugins;

import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.SetListener;

/** Ends a set whose plugins were withdrawn and waited for long enough; forwards everything else. */
public final class WithdrawalListener extends ForwardingListener {

    private final PluginLeases leases;

    public WithdrawalListener(SetListener listener, PluginLeases leases) {
        super(listener);
        this.leases = leases;
    }

    /** @throws org.atelier.api.AtelierException {@code PLUGIN_WITHDRAWN} if so */
    @Override
    public boolean cancelled() {
        leases.throwIfRecalled();
        return super.cancelled();
    }
}
