/** What every bundle knows: typed errors and the names by which plugins are found. */
@Export
@Version("1.0.0")
package org.atelier.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
