/** What an image shows, a voice says, a song plays and a place's weather is, in words: the contract of a context plugin. */
@Export
@Version("1.0.0")
package org.atelier.api.context;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
