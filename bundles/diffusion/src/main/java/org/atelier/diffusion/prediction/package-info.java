/** Noise prediction, composed of small predictors: UNet, guidance, ControlNet. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.prediction;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
