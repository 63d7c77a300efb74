/** What images say of their origin: requests in their metadata, and the parameters of other programs. */
@Export
@Version("1.0.0")
package org.atelier.api.metadata;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
