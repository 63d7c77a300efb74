/** Regions of images with prompts of their own, as in MultiDiffusion. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.region;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
