package org.atelier.it.harness;

import java.nio.file.Path;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;
import org.osgi.framework.BundleContext;

/**
 * What requests are read with where there is neither a studio nor a plugin: no context is a file, no file is
 * a style card, and no strength is known. A piece of a test that runs inside a framework.
 */
public final class RequestSurroundings implements ContextKinds, StyleCards {

    private RequestSurroundings() {}

    /** Registers it, until the bundle stops. */
    public static void offer(BundleContext context) {
        RequestSurroundings surroundings = new RequestSurroundings();
        context.registerService(ContextKinds.class, surroundings, null);
        context.registerService(StyleCards.class, surroundings, null);
        context.registerService(StrengthPresets.class, StrengthPresets.NONE, null);
    }

    @Override
    public boolean readsFile(String kind) {
        return false;
    }

    @Override
    public boolean isCard(Path file) {
        return false;
    }

    @Override
    public StyleCard read(Path file) {
        throw new UnsupportedOperationException();
    }
}
