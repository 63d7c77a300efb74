/** Sources of models: configurations, tensors and tokenizers. */
@Export
@Version("1.0.0")
package org.atelier.models.source;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
