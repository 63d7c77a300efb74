package org.atelier.plugins.checked;

import java.util.List;
import java.util.Objects;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;

/** A metric whose faults name it. */
public record CheckedMetric(PluginCalls calls, SetMetric metric) implements SetMetric {

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        List<Measurement> measurements = calls.call("measure()", () -> metric.measure(set, listener));
        calls.require(measurements.stream().allMatch(Objects::nonNull), "measure()", "a measurement that is null");
        long names = measurements.stream().map(Measurement::name).distinct().count();
        calls.require(names == measurements.size(), "measure()", "several measurements of one name");
        return measurements;
    }

    @Override
    public void check() {
        calls.run("check()", metric::check);
    }
}
