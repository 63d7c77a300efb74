package org.atelier.it.distribution;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one server that all classes share, for sets and refusals of which only the content matters: a process for each
 * would start for longer than it generates.
 */
final class SharedServer implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(SetServer.class);
    }

    /** Starts it for the first test that asks; the end of the last class closes it. */
    @Override
    public SetServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SetServer.class, type -> SetServer.start(), SetServer.class);
    }
}
