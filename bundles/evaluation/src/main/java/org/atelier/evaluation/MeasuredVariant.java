package org.atelier.evaluation;

import java.util.List;
import java.util.Map;
import org.atelier.api.metric.Measurement;
import org.atelier.api.set.GeneratedSet;

/**
 * One set of one variant, generated and measured.
 *
 * @param variant how it was generated
 * @param set what was generated
 * @param measurements by the name of the metric
 */
record MeasuredVariant(Variant variant, GeneratedSet set, Map<String, List<Measurement>> measurements) {}
