package org.atelier.plugins;

import org.atelier.api.set.SetListener;

/** Passes everything on, and ends a set whose plugins were waited for long enough. */
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
