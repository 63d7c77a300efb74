/** Attention of a set: the strategy at every layer, recorded reference features, cross-attention maps. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.attention;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
