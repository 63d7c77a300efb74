/** Safetensors files. */
@Export
@Version("1.0.0")
package org.atelier.models.safetensors;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
