/** What is wrong with an Atelier, and what to do about it. */
@Export
@Version("1.0.0")
package org.atelier.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
