/** Maps tensor names in files to those of networks. */
@Export
@Version("1.0.0")
package org.atelier.models.naming;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
