/** The job queue of a server. */
@Export
@Version("1.1.0")
package org.atelier.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
