/** From the names of tensors in files to the names that networks use. */
@Export
@Version("1.0.0")
package org.atelier.models.naming;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
