/**
 * The contract of metrics, which measure the similarity of a set's images to one another, to references and to their
 * prompts.
 */
@Export
@Version("1.2.0")
package org.atelier.api.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
