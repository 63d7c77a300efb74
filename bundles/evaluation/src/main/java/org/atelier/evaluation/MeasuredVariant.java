package org.atelier.evaluation;

import java.util.List;
import java.util.Map;
import org.atelier.api.metric.Measurement;
import org.atelier.api.set.DrawnSet;

/**
 * One set of one variant, drawn and measured.
 *
 * @param variant how it was drawn
 * @param set what was drawn
 * @param measurements by the name of the metric
 */
record MeasuredVariant(Variant variant, DrawnSet set, Map<String, List<Measurement>> measurements) {}
