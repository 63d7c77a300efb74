/** Samplers: from noise to an image in a few steps. */
@Export
@Version("1.0.0")
package org.atelier.api.sampling;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
