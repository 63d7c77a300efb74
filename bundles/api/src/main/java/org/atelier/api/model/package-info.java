/** Installed models, and their download from the hub. */
@Export
@Version("1.0.0")
package org.atelier.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
