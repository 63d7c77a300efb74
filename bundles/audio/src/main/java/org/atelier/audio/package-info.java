/** Streams audio files as mono samples at a given rate, and computes log-mel features. */
@Export
@Version("1.0.0")
package org.atelier.audio;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
