/** The contract of control plugins, which prepare images for ControlNets. */
@Export
@Version("1.0.0")
package org.atelier.api.control;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
