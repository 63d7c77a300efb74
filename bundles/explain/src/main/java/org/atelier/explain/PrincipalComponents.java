package org.atelier.explain;

import java.util.ArrayList;
import java.util.List;

/** The principal components of vectors, by orthogonal iteration on their covariance. */
final class PrincipalComponents {

    private static final int ITERATIONS = 60;

    private final double[] mean;
    private final List<double[]> axes;
    private final double explained;

    private PrincipalComponents(double[] mean, List<double[]> axes, double explained) {
        this.mean = mean;
        this.axes = axes;
        this.explained = explained;
    }

    /**
     * Finds the components of largest variance.
     *
     * @param vectors of equal length, at least two
     * @param count of components
     */
    static PrincipalComponents of(List<float[]> vectors, int count) {
        int size = vectors.get(0).length;
        double[] mean = new double[size];
        for (float[] vector : vectors) {
            for (int i = 0; i < size; i++) {
                mean[i] += vector[i] / (double) vectors.size();
            }
        }
        List<double[]> axes = new ArrayList<>();
        for (int axis = 0; axis < Math.min(count, size); axis++) {
            axes.add(start(axis, size));
        }
        PrincipalComponents components = new PrincipalComponents(mean, axes, 0);
        for (int i = 0; i < ITERATIONS; i++) {
            components = new PrincipalComponents(mean, components.multiplied(vectors), 0);
        }
        return new PrincipalComponents(mean, components.axes, components.explained(vectors));
    }

    /** A vector that no data is likely to be orthogonal to, the same at every run. */
    private static double[] start(int axis, int size) {
        double[] vector = new double[size];
        for (int i = 0; i < size; i++) {
            vector[i] = Math.sin(1 + axis + 0.7 * (axis + 1) * i);
        }
        return vector;
    }

    /** The axes times the covariance, made orthonormal by Gram and Schmidt. */
    private List<double[]> multiplied(List<float[]> vectors) {
        List<double[]> products = new ArrayList<>();
        axes.forEach(axis -> products.add(new double[axis.length]));
        for (float[] vector : vectors) {
            double[] position = project(vector);
            for (int axis = 0; axis < axes.size(); axis++) {
                double[] product = products.get(axis);
                for (int i = 0; i < product.length; i++) {
                    product[i] += position[axis] * (vector[i] - mean[i]);
                }
            }
        }
        for (int axis = 0; axis < products.size(); axis++) {
            double[] product = products.get(axis);
            for (int earlier = 0; earlier < axis; earlier++) {
                double[] other = products.get(earlier);
                double along = dot(product, other);
                for (int i = 0; i < product.length; i++) {
                    product[i] -= along * other[i];
                }
            }
            double length = Math.sqrt(dot(product, product));
            double sign = dot(product, start(0, product.length)) < 0 ? -1 : 1;
            for (int i = 0; i < product.length; i++) {
                product[i] = length > 0 ? sign * product[i] / length : 0;
            }
        }
        return products;
    }

    private double explained(List<float[]> vectors) {
        double total = 0;
        double along = 0;
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                total += (vector[i] - mean[i]) * (vector[i] - mean[i]);
            }
            for (double coordinate : project(vector)) {
                along += coordinate * coordinate;
            }
        }
        return total == 0 ? 1 : along / total;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** The coordinate of a vector along each component. */
    double[] project(float[] vector) {
        double[] coordinates = new double[axes.size()];
        for (int axis = 0; axis < coordinates.length; axis++) {
            double[] direction = axes.get(axis);
            for (int i = 0; i < vector.length; i++) {
                coordinates[axis] += direction[i] * (vector[i] - mean[i]);
            }
        }
        return coordinates;
    }

    /** The share of the variance along the components, 0 to 1. */
    double explained() {
        return explained;
    }
}
