package org.atelier.blend.slerp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.Plugins;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.osgi.service.component.annotations.Component;

/**
 * The weighted mean of references on the sphere: the latents of each reference are one vector. Directions are blended
 * along great circles and norms by their weighted mean, so a blend is as vivid as the references. For two references
 * this is spherical linear interpolation (Shoemake 1985); for more it is the Karcher mean, which does not depend on
 * their order.
 *
 * <p>References that cancel out, such as two opposite ones of equal weight, have no mean direction; the result is their
 * weighted sum.
 */
@Component(factory = StyleBlend.FACTORY, factoryProperty = Plugins.NAME + "=slerp")
public final class SphericalBlend implements StyleBlend {

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        NDManager manager = references.get(0).latents().getManager();
        try (NDManager memory = manager.newSubManager()) {
            double[] weights =
                    references.stream().mapToDouble(WeightedLatents::weight).toArray();
            List<NDArray> vectors = references.stream()
                    .map(reference -> precise(reference.latents(), memory))
                    .toList();
            double[][] products = products(vectors);
            NDArray blended =
                    sum(vectors, SphericalMean.coefficients(products, weights)).toType(DataType.FLOAT32, true);
            blended.attach(manager);
            return Optional.of(blended);
        }
    }

    private static NDArray precise(NDArray latents, NDManager memory) {
        NDArray precise = latents.toType(DataType.FLOAT64, true);
        precise.attach(memory);
        return precise;
    }

    /** The inner products of all pairs of vectors. */
    private static double[][] products(List<NDArray> vectors) {
        double[][] products = new double[vectors.size()][vectors.size()];
        for (int i = 0; i < vectors.size(); i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = vectors.get(i).mul(vectors.get(j)).sum().getDouble();
                products[j][i] = products[i][j];
            }
        }
        return products;
    }

    private static NDArray sum(List<NDArray> vectors, double[] coefficients) {
        List<NDArray> terms = new ArrayList<>();
        for (int i = 0; i < coefficients.length; i++) {
            terms.add(vectors.get(i).mul(coefficients[i]));
        }
        return terms.stream().reduce(NDArray::add).orElseThrow();
    }
}
