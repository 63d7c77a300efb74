/** Tokenizers of CLIP text encoders. */
@Export
@Version("1.0.0")
package org.atelier.models.tokenizer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
