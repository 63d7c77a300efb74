/** Model families: components, text conditioning, defaults. */
@Export
@Version("1.0.0")
package org.atelier.models.family;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
