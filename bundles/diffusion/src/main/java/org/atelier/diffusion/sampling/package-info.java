/** What a set is generated from: its images, references and checkpoints. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.sampling;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
