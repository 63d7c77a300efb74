package org.atelier.metric.inception;

import java.util.List;

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
        int classes = rows.get(0).length;
        double[] mean = new double[classes];
        for (double[] row : rows) {
            for (int i = 0; i < classes; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        double divergence = 0;
        for (double[] row : rows) {
            for (int i = 0; i < classes; i++) {
                divergence += row[i] > 0 ? row[i] * (Math.log(row[i]) - Math.log(mean[i])) : 0;
            }
        }
        return Math.exp(divergence / rows.size());
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
        double[] scores = new double[images];
        double mean = 0;
        for (int left = 0; left < images; left++) {
            double[] out = rows.get(left);
            scores[left] =
                    new Predictions(rows.stream().filter(row -> row != out).toList()).score();
            mean += scores[left] / images;
        }
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }
        return Math.sqrt(squares * (images - 1) / images);
    }
}
