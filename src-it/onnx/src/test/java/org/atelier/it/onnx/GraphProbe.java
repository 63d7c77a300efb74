package org.atelier.it.onnx;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.OnnxModels;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Doubles three numbers by a graph of the model that a system property names, and requests a model that is missing. */
public final class GraphProbe implements Callable<List<String>> {

    static final String MODEL = "graph.model";

    private final BundleContext context =
            FrameworkUtil.getBundle(GraphProbe.class).getBundleContext();
    private final OnnxModels models = context.getService(context.getServiceReference(OnnxModels.class));

    @Override
    public List<String> call() {
        return List.of(doubled(System.getProperty(MODEL)), doubled("nowhere"));
    }

    private String doubled(String name) {
        try (OnnxModel model = models.lease(name);
                Tensor given = Tensor.floats(new float[] {1.5f, -2, 0.25f}, 3);
                Outputs outputs = model.graph("halves").run(Map.of("given", given), List.of("doubled"))) {
            float[] doubled = outputs.get("doubled").floats();
            return doubled[0] + " " + doubled[1] + " " + doubled[2];
        } catch (AtelierException e) {
            return e.code().toString();
        }
    }
}
