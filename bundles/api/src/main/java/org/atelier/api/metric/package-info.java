/** How alike the images of a set are, to one another, to references and to their prompts: the contract of a metric. */
@Export
@Version("1.0.0")
package org.atelier.api.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
