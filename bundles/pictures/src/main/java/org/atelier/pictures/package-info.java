/** Images that a user gave, read safely and made the size that a network takes, to the byte as the networks' own tools do. */
@Export
@Version("1.0.0")
package org.atelier.pictures;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
