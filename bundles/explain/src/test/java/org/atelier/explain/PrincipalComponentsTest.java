package org.atelier.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

    private static final double EXACT = 1e-6;

    /** Deviations 5, 2 and 0.1 along known axes, around a mean. */
    @Test
    void findsKnownAxes() {
        double[][] axes = {{0.6, 0.8, 0, 0}, {0.8, -0.6, 0, 0}, {0, 0, 1, 0}};
        double[] deviations = {5, 2, 0.1};
        double[] mean = {1, -2, 3, 4};
        List<float[]> vectors = new ArrayList<>();
        for (int axis = 0; axis < axes.length; axis++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                float[] vector = new float[4];
                for (int i = 0; i < 4; i++) {
                    vector[i] = (float) (mean[i] + sign * deviations[axis] * axes[axis][i]);
                }
                vectors.add(vector);
            }
        }

        PrincipalComponents components = PrincipalComponents.of(vectors, 2);

        double[] first = components.project(vectors.get(1));
        assertEquals(5, Math.abs(first[0]), 1e-4);
        assertEquals(0, first[1], 1e-4);
        double[] second = components.project(vectors.get(3));
        assertEquals(0, second[0], 1e-4);
        assertEquals(2, Math.abs(second[1]), 1e-4);
        assertEquals(29 / 29.01, components.explained(), 1e-6);
    }

    @Test
    void isTheSameAtEveryRun() {
        Random random = new Random(7);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            vectors.add(
                    new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat(), random.nextFloat(), 1});
        }
        assertArrayEquals(
                PrincipalComponents.of(vectors, 3).project(vectors.get(9)),
                PrincipalComponents.of(vectors, 3).project(vectors.get(9)));
    }

    @Test
    void acceptsVectorsWithoutVariance() {
        PrincipalComponents components = PrincipalComponents.of(List.of(new float[] {1, 2}, new float[] {1, 2}), 3);
        assertArrayEquals(new double[] {0, 0}, components.project(new float[] {1, 2}), EXACT);
        assertEquals(1, components.explained());
    }
}
