/** What of an image fixes the shapes of a set: the contract of a control plugin. */
@Export
@Version("1.0.0")
package org.atelier.api.control;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
