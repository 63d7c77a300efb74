/** The contract of samplers, which turn noise into an image in a few steps. */
@Export
@Version("1.0.0")
package org.atelier.api.sampling;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
