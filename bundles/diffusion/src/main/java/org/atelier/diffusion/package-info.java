/** The networks, the samplers and the denoising loop of Stable Diffusion XL. */
@Export
@Version("1.0.0")
package org.atelier.diffusion;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
