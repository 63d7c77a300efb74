/** The slices of a set that several processes or machines generate. */
@Export
@Version("1.0.0")
package org.atelier.api.slice;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
