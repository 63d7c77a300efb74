/** What deployed bundles call instead of {@code System.exit}; exported to them by the framework. */
package org.atelier.launcher.exit;
