/** The containers of images: the chunks of PNG and WebP, the segments of JPEG. No pixel is decoded. */
@Export
@Version("1.0.0")
package org.atelier.pictures.container;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
