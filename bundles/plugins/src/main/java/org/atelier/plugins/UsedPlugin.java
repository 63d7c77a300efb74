package org.atelier.plugins;

/**
 * A plugin that a set is generated with.
 *
 * @param title what a user calls it: {@code attention 'shared'}
 * @param code its bundle, the version of that, and what tells this build from others of the version
 */
public record UsedPlugin(String title, String code) {

    /** While it is leased: its bundle cannot change then. */
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
