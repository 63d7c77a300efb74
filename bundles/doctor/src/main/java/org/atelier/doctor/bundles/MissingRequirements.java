package org.atelier.doctor.bundles;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Lists the requirements of a bundle that no other bundle satisfies. */
final class MissingRequirements {

    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern MINIMUM = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern UPPER_BOUND = Pattern.compile("\\(!\\s*\\(version>=([^)]+)\\)\\s*\\)");

    private final BundleContext context;

    MissingRequirements(BundleContext context) {
        this.context = context;
    }

    /** Each in words: {@code the package a.b from 1.0 to below 2.0 (available: 2.1)}. */
    List<String> of(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        return revision.getDeclaredRequirements(null).stream()
                .filter(MissingRequirements::isNeededToResolve)
                .filter(requirement -> wiring.findProviders(requirement).isEmpty())
                .map(this::description)
                .toList();
    }

    private static boolean isNeededToResolve(BundleRequirement requirement) {
        String effective = requirement.getDirectives().getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve");
        String resolution = requirement.getDirectives().getOrDefault(Constants.RESOLUTION_DIRECTIVE, "mandatory");
        return effective.equals(Constants.EFFECTIVE_RESOLVE) && resolution.equals(Constants.RESOLUTION_MANDATORY);
    }

    private String description(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        Matcher name = PACKAGE.matcher(filter);
        if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) || !name.find()) {
            return requirement.getNamespace() + " " + filter;
        }
        String available = availableVersions(name.group(1));
        return "the package " + name.group(1) + versions(filter)
                + (available.isEmpty() ? "" : " (available: " + available + ")");
    }

    private static String versions(String filter) {
        Matcher below = UPPER_BOUND.matcher(filter);
        String most = below.find() ? below.group(1) : "";
        Matcher least = MINIMUM.matcher(below.reset().replaceAll(""));
        String from = least.find() && !least.group(1).matches("0(\\.0)*") ? " from " + least.group(1) : "";
        return from + (most.isEmpty() ? "" : " to below " + most);
    }

    /** Returns the versions of a package that resolved bundles export. */
    private String availableVersions(String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.INSTALLED)
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(Objects::nonNull)
                .flatMap(revision -> revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .filter(capability -> name.equals(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(capability ->
                        String.valueOf(capability.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), found -> String.join(", ", found)));
    }
}
