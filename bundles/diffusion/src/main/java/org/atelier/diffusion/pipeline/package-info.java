/** The pipeline of a loaded model, from prompts to images. */
@Export
@Version("1.0.0")
package org.atelier.diffusion.pipeline;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
