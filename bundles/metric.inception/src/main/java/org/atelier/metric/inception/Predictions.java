package org.atelier.metric.inception;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The probabilities of the classes, an array for each image.
 *
 * @param rows at least one, of one length, each with the sum 1
 */
record Predictions(List<double[]> rows) {

    private static final double NEAR = 1e-3;

    /** What a classifier gives for an image as probabilities: of numbers that are none yet, the softmax. */
    static double[] probabilities(float... output) {
        double sum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        boolean negative = false;
        for (float number : output) {
            sum += number;
            largest = Math.max(largest, number);
            negative |= number < 0;
        }
        boolean given = !negative && Math.abs(sum - 1) < NEAR;
        double[] probabilities = new double[output.length];
        double total = 0;
        for (int i = 0; i < output.length; i++) {
            probabilities[i] = given ? output[i] : Math.exp(output[i] - largest);
            total += probabilities[i];
        }
        for (int i = 0; i < output.length; i++) {
            probabilities[i] /= total;
        }
        return probabilities;
    }

    /** exp of the mean Kullback-Leibler divergence of the images' classes from those of all of them: 1 to their number. */
    double score() {
        return score(sum(), negativeEntropies().sum(), rows.size());
    }

    /** The mean divergence is the entropy of the mean less the mean of the entropies. */
    private static double score(double[] sum, double negativeEntropies, int images) {
        double entropyOfMean = 0;
        for (double probability : sum) {
            entropyOfMean -= timesLogarithm(probability / images);
        }
        return Math.exp(entropyOfMean + negativeEntropies / images);
    }

    private double[] sum() {
        double[] sum = new double[rows.get(0).length];
        for (double[] row : rows) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += row[i];
            }
        }
        return sum;
    }

    private DoubleStream negativeEntropies() {
        return rows.stream().mapToDouble(Predictions::negativeEntropy);
    }

    private static double negativeEntropy(double[] row) {
        double sum = 0;
        for (double probability : row) {
            sum += timesLogarithm(probability);
        }
        return sum;
    }

    /** x ln x, which is 0 at 0; a difference of sums may be below 0 by a rounding error. */
    private static double timesLogarithm(double x) {
        return x > 0 ? x * Math.log(x) : 0;
    }

    /** Those of some images. */
    Predictions part(int from, int to) {
        return new Predictions(rows.subList(from, to));
    }

    /**
     * The jackknife's standard error of the score: how much it varies when an image is left out.
     *
     * @return {@code null} for fewer than three images
     */
    Double error() {
        int images = rows.size();
        if (images < 3) {
            return null;
        }
        double[] sum = sum();
        double[] entropies = negativeEntropies().toArray();
        double ofAll = Arrays.stream(entropies).sum();
        double[] scores = new double[images];
        double mean = 0;
        for (int left = 0; left < images; left++) {
            double[] others = sum.clone();
            for (int i = 0; i < others.length; i++) {
                others[i] -= rows.get(left)[i];
            }
            scores[left] = score(others, ofAll - entropies[left], images - 1);
            mean += scores[left] / images;
        }
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }
        return Math.sqrt(squares * (images - 1) / images);
    }
}
