/** The models on this machine. */
@Export
@Version("1.0.0")
package org.atelier.models.library;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
