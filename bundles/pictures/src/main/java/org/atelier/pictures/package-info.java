/** Reads image files safely and resizes them bit-identically to Pillow. */
@Export
@Version("1.0.0")
package org.atelier.pictures;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
