/** The noise schedule that a model's scheduler_config.json describes. */
@Export
@Version("1.0.0")
package org.atelier.models.schedule;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
