/** Parts of images with prompts of their own. */
@Export
@Version("1.0.0")
package org.atelier.api.region;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
