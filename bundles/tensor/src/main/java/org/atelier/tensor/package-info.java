/** What DJL's PyTorch engine lacks: kernels in TorchScript, a precision policy, memory scopes. */
@Export
@Version("1.0.0")
package org.atelier.tensor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
