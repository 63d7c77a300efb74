/** Windows of an image, which run through the network in place of the whole image, as in MultiDiffusion. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.window;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
