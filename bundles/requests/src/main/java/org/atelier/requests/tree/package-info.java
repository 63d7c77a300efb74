/** The content of YAML and JSON files as trees, with the line of each node. */
@Export
@Version("1.0.0")
package org.atelier.requests.tree;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
