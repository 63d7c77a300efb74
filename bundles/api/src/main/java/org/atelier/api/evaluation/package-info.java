/** Evaluation of a method: sets generated with and without it are measured and compared. */
@Export
@Version("1.1.0")
package org.atelier.api.evaluation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
