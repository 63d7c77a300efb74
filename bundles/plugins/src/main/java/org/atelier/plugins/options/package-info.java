/** The options of plugins, as declared by their metatypes. */
@Export
@Version("1.0.0")
package org.atelier.plugins.options;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
