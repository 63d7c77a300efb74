/** Explanation of a method: what happens while a set is generated, step by step. */
@Export
@Version("1.0.0")
package org.atelier.api.explain;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
