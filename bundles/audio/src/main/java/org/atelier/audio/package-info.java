/** Sound files as mono samples at an asked rate, streamed, and the log-mel features that networks hear. */
@Export
@Version("1.0.0")
package org.atelier.audio;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
