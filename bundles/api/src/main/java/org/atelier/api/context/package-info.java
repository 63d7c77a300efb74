/** The contract of context plugins, which turn images, speech, music and the weather into text for prompts. */
@Export
@Version("1.0.0")
package org.atelier.api.context;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
