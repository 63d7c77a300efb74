/** Registries of plugins, and leases of plugins. */
@Export
@Version("1.0.0")
package org.atelier.plugins;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
