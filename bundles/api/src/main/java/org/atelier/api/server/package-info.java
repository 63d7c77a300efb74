/** An Atelier that runs as a server, and access to it from another process. */
@Export
@Version("1.0.0")
package org.atelier.api.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
