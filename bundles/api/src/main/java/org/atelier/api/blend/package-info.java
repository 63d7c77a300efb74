/** How the styles of several references become one: the contract of a blend plugin. */
@Export
@Version("1.0.0")
package org.atelier.api.blend;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
