/** The noise prediction of a set's images at a step, composed of one small predictor each: network, guidance, ControlNet. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.prediction;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
