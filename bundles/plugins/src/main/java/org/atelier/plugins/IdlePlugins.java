package org.atelier.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
 * @param since when the first bundles had been installed; later ones may still be starting
 */
record IdlePlugins(Supplier<Collection<Bundle>> bundles, Instant since) {

    /** How long after its installation a bundle may still be starting. */
    private static final Duration START = Duration.ofSeconds(5);

    private static final String COMPONENTS = "Service-Component";
    private static final int IDLE = Bundle.INSTALLED | Bundle.RESOLVED;

    /** The bundle that would provide a plugin if it ran. */
    Optional<Bundle> find(PluginKind<?> kind, String name) {
        return providers(kind, name)
                .filter(bundle -> (bundle.getState() & IDLE) != 0)
                .findFirst();
    }

    /** Whether a bundle with a plugin has just been installed or updated, so that the plugin may appear in a moment. */
    boolean isStarting(PluginKind<?> kind, String name) {
        Instant recent = Instant.now().minus(START);
        Instant earliest = recent.isAfter(since) ? recent : since;
        return providers(kind, name).anyMatch(bundle -> Instant.ofEpochMilli(bundle.getLastModified())
                .isAfter(earliest));
    }

    private Stream<Bundle> providers(PluginKind<?> kind, String name) {
        return bundles.get().stream()
                .filter(bundle -> descriptions(bundle).anyMatch(description -> describes(description, kind, name)));
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
