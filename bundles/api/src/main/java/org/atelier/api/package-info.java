/** Typed errors, and the service properties of plugins. */
@Export
@Version("1.1.0")
package org.atelier.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
