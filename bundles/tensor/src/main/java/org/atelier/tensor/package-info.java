/** Tensor operations that DJL's PyTorch engine lacks, in TorchScript, and precisions. */
@Export
@Version("1.0.0")
package org.atelier.tensor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
