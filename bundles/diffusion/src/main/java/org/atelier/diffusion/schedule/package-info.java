/** The noise schedule of a model, and the samplers. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.schedule;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
