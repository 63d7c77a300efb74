/** A set of images from request to files: the contract between front ends and the studio. */
@Export
@Version("1.2.0")
package org.atelier.api.set;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
