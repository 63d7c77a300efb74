/** Health checks and their findings. */
@Export
@Version("1.0.0")
package org.atelier.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
