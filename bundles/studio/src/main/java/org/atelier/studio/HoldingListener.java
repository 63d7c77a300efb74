package org.atelier.studio;

import org.atelier.api.set.SetListener;

/** Passes everything on, and ends a set whose plugins were waited for long enough. */
final class HoldingListener extends PassingListener {

    private final PluginLeases leases;

    HoldingListener(SetListener listener, PluginLeases leases) {
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
