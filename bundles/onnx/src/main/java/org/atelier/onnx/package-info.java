/** Models as ONNX graphs: sessions that plugins share, tensors, tokenizers, and images as a network takes them. */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package org.atelier.onnx;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
