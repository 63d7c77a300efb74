/** JSON files of a model folder, read strictly. */
@Export
@Version("1.0.0")
package org.atelier.models.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
