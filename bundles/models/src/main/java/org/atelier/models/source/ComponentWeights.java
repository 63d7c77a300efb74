package org.atelier.models.source;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.models.source.WeightSet.Located;
import org.atelier.tensor.Precision;

/** The tensors of one component, wherever they lie. Immutable and thread-safe. */
interface ComponentWeights {

    /** The folder or file of the tensors, for error messages. */
    Path path();

    /** The tensors by network name, in the file variant that fits the precision best. */
    Map<String, Located> fitting(Precision precision);
}
