/** The contract of blend plugins, which combine the styles of several references. */
@Export
@Version("1.0.0")
package org.atelier.api.blend;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
