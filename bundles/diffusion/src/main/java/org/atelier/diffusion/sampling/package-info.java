/** What a set is generated from: the specs of its images, its references with their inversion, and checkpoints. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.sampling;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
