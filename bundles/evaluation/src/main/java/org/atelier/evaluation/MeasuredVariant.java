package org.atelier.evaluation;

import java.util.List;
import java.util.Map;
import org.atelier.api.metric.Measurement;
import org.atelier.api.set.GeneratedSet;

/**
 * A measured set of one variant.
 *
 * @param variant its variant
 * @param set the generated set
 * @param measurements by name of the metric
 */
record MeasuredVariant(Variant variant, GeneratedSet set, Map<String, List<Measurement>> measurements) {}
