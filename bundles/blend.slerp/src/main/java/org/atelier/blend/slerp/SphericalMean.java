package org.atelier.blend.slerp;

import java.util.Arrays;

/**
 * The weighted Karcher mean of unit vectors on their sphere (Karcher 1977). It lies in the vectors' span and each
 * iteration needs only their inner products, so the cost does not depend on the vectors' length: the result is a list
 * of coefficients.
 */
final class SphericalMean {

    private static final int MAX_STEPS = 200;
    private static final double TOLERANCE = 1e-12;

    /** Unit vectors cancel out if their weighted sum is shorter than this. */
    private static final double CANCELLED = 1e-6;

    private final double[][] cosines;
    private final double[] weights;

    private SphericalMean(double[][] cosines, double[] weights) {
        this.cosines = cosines;
        this.weights = weights;
    }

    /**
     * The coefficients of the vectors in their mean, whose direction is the mean on the sphere and whose norm is the
     * weighted mean of norms.
     *
     * @param products the inner products of all pairs of vectors
     * @param weights with a sum of 1
     * @return the weights themselves if the directions cancel out
     */
    static double[] coefficients(double[][] products, double[] weights) {
        int count = weights.length;
        double[] norms = new double[count];
        double norm = 0;
        for (int i = 0; i < count; i++) {
            norms[i] = Math.sqrt(products[i][i]);
            norm += weights[i] * norms[i];
        }
        double[][] cosines = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                cosines[i][j] = norms[i] == 0 || norms[j] == 0 ? 0 : products[i][j] / (norms[i] * norms[j]);
            }
        }
        SphericalMean mean = new SphericalMean(cosines, weights);
        if (mean.length(weights) < CANCELLED) {
            return weights.clone();
        }
        double[] coefficients = mean.direction();
        for (int i = 0; i < count; i++) {
            coefficients[i] = norms[i] == 0 ? 0 : coefficients[i] * norm / norms[i];
        }
        return coefficients;
    }

    /** The unit vector at which the weighted arcs to all vectors sum to zero, as coefficients of the unit vectors. */
    private double[] direction() {
        double[] mean = scaled(weights, 1 / length(weights));
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] tangent = tangent(mean);
            double arc = length(tangent);
            if (arc < TOLERANCE) {
                break;
            }
            double[] moved = sum(scaled(mean, Math.cos(arc)), scaled(tangent, Math.sin(arc) / arc));
            mean = scaled(moved, 1 / length(moved));
        }
        return mean;
    }

    /** The weighted sum of the arcs from the mean to each vector, as a tangent vector at the mean. */
    private double[] tangent(double[] mean) {
        double[] tangent = new double[weights.length];
        double along = 0;
        for (int i = 0; i < weights.length; i++) {
            double cosine = Math.max(-1, Math.min(1, product(cosines[i], mean)));
            double sine = Math.sqrt((1 - cosine) * (1 + cosine));
            // At the mean the arc equals its sine; at the opposite point there is no shortest direction.
            double stretch = sine < CANCELLED ? 1 : Math.acos(cosine) / sine;
            tangent[i] = weights[i] * stretch;
            along += tangent[i] * cosine;
        }
        return sum(tangent, scaled(mean, -along));
    }

    /** The norm of a vector given by its coefficients. */
    private double length(double[] coefficients) {
        double square = 0;
        for (int i = 0; i < coefficients.length; i++) {
            square += coefficients[i] * product(cosines[i], coefficients);
        }
        return Math.sqrt(Math.max(0, square));
    }

    private static double product(double[] a, double[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return product;
    }

    private static double[] scaled(double[] a, double by) {
        return Arrays.stream(a).map(value -> value * by).toArray();
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < b.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
