/** PNG files with text chunks. */
@Export
@Version("1.0.0")
package org.atelier.requests.png;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
