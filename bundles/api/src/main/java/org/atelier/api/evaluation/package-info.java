/** What a method is worth, measured: sets generated with and without it, compared. */
@Export
@Version("1.0.0")
package org.atelier.api.evaluation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
