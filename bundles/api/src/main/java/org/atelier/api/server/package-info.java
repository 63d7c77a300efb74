/** An Atelier that keeps running, and how another process reaches it. */
@Export
@Version("1.0.0")
package org.atelier.api.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
