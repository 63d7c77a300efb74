/** The contract of attention plugins: how the images of a set attend to one another. */
@Export
@Version("1.2.0")
package org.atelier.api.attention;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
