/** Kinds of models: which components they have, how prompts become conditioning, what their defaults are. */
@Export
@Version("1.0.0")
package org.atelier.models.family;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
