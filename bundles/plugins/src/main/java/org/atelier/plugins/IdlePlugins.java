package org.atelier.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.Plugins;
import org.osgi.framework.Bundle;

/**
 * The plugins of bundles that are installed but do not run, such as a jar in {@code deploy/} whose requirements are missing.
 *
 * @param bundles every installed bundle
 */
record IdlePlugins(Supplier<Collection<Bundle>> bundles) {

    private static final String COMPONENTS = "Service-Component";
    private static final int IDLE = Bundle.INSTALLED | Bundle.RESOLVED;

    /** The bundle that would provide a plugin if it ran. */
    Optional<Bundle> find(PluginKind<?> kind, String name) {
        return bundles.get().stream()
                .filter(bundle -> (bundle.getState() & IDLE) != 0)
                .filter(bundle -> descriptions(bundle).anyMatch(description -> describes(description, kind, name)))
                .findFirst();
    }

    /** Reads the descriptions of its components; does not resolve the bundle. */
    private static Stream<String> descriptions(Bundle bundle) {
        String components = bundle.getHeaders("").get(COMPONENTS);
        return components == null
                ? Stream.empty()
                : Stream.of(components.split(","))
                        .map(path -> bundle.getEntry(path.strip()))
                        .flatMap(IdlePlugins::content);
    }

    private static Stream<String> content(URL description) {
        if (description == null) {
            return Stream.empty();
        }
        try (InputStream content = description.openStream()) {
            return Stream.of(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean describes(String component, PluginKind<?> kind, String name) {
        return component.contains("factory=\"" + kind.factory() + "\"")
                && Pattern.compile("name=\"%s\"[^>]*value=\"%s\""
                                .formatted(Pattern.quote(Plugins.NAME), Pattern.quote(name)))
                        .matcher(component)
                        .find();
    }
}
