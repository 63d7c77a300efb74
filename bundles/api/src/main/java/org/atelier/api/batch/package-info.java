/** Many sets, generated one after the other. */
@Export
@Version("1.0.0")
package org.atelier.api.batch;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
