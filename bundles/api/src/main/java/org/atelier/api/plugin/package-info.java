/** Installed plugins and their options. */
@Export
@Version("1.0.0")
package org.atelier.api.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
