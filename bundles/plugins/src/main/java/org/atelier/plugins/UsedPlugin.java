package org.atelier.plugins;

/**
 * A plugin that a set is generated with.
 *
 * @param title its kind and name: {@code attention 'shared'}
 * @param code its bundle, the bundle's version and the fingerprint of its code
 */
public record UsedPlugin(String title, String code) {

    /** To be called while the plugin is leased, because its bundle cannot change then. */
    public static UsedPlugin of(OfferedPlugin offered) {
        String code = offered.bundle() == null
                ? "gone"
                : "%s %s (code %s)"
                        .formatted(
                                offered.bundle().getSymbolicName(),
                                offered.bundle().getVersion(),
                                CodeFingerprint.of(offered.bundle()));
        return new UsedPlugin(offered.title(), code);
    }
}
