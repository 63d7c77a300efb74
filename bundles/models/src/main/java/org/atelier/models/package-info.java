/** The errors that every reader of a model's files reports. */
@Export
@Version("1.0.0")
package org.atelier.models;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
