/** The denoising network and its ControlNets. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.unet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
