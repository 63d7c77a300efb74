package org.atelier.it.harness;

import java.nio.file.Path;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;
import org.osgi.framework.BundleContext;

/**
 * The services that the request reader needs, without studio and plugins: no context reads a file, no file is a style
 * card, and there are no strength presets. Runs inside the framework under test.
 */
public final class RequestSurroundings implements ContextKinds, StyleCards {

    private RequestSurroundings() {}

    /** Registers the services until the bundle stops. */
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
