package org.atelier.context.music;

import java.util.List;

/** An embedding, normalised to length 1. */
final class Embedding {

    private final double[] numbers;

    private Embedding(double[] numbers) {
        this.numbers = numbers;
    }

    /** Normalises an embedding. */
    static Embedding of(float[] embedding) {
        double[] numbers = new double[embedding.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = embedding[i];
        }
        return normalised(numbers);
    }

    /** The normalised mean of several embeddings. */
    static Embedding mean(List<Embedding> several) {
        double[] sum = new double[several.get(0).numbers.length];
        for (Embedding each : several) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each.numbers[i];
            }
        }
        return normalised(sum);
    }

    private static Embedding normalised(double[] numbers) {
        double length = 0;
        for (double number : numbers) {
            length += number * number;
        }
        length = Math.max(Math.sqrt(length), 1e-12);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] /= length;
        }
        return new Embedding(numbers);
    }

    /** The cosine similarity, -1 to 1. */
    double similarity(Embedding other) {
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += numbers[i] * other.numbers[i];
        }
        return sum;
    }

    int size() {
        return numbers.length;
    }
}
