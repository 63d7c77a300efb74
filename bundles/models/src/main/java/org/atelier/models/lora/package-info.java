/** LoRA files: dialects, checks against a model, and their sum with its weights. */
@Export
@Version("1.0.0")
package org.atelier.models.lora;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
