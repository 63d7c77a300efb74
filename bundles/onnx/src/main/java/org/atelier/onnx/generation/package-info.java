/** Text from a decoder, token by token, greedily or with beams, to the token as transformers' {@code generate} does. */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package org.atelier.onnx.generation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
