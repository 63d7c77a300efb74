/** Sets that wait their turn, in a process that keeps running. */
@Export
@Version("1.0.0")
package org.atelier.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
