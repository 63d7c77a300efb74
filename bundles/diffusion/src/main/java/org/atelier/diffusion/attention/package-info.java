/** How a set's images attend: strategies at every layer, what references show, where words are. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.attention;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
