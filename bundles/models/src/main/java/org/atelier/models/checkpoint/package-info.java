/** Single-file checkpoints: what they hold, and the names of their tensors. */
@Export
@Version("1.0.0")
package org.atelier.models.checkpoint;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
