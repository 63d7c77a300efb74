/** Evaluation of a method: sets generated in several ways, or existing images, are measured and compared. */
@Export
@Version("3.0.0")
package org.atelier.api.evaluation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
