/** Request files: fields, readers and writers; image metadata. */
@Export
@Version("1.0.0")
package org.atelier.requests;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
