package org.atelier.onnx;

import java.util.List;

/** A vector in the space of a network, normalised to length 1. */
public final class Embedding {

    private final double[] numbers;

    private Embedding(double[] numbers) {
        this.numbers = numbers;
    }

    /** Normalises a vector. */
    public static Embedding of(float... vector) {
        double[] numbers = new double[vector.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector[i];
        }
        return normalised(numbers);
    }

    /** The normalised mean of several embeddings of one size. */
    public static Embedding mean(List<Embedding> several) {
        double[] sum = new double[several.get(0).numbers.length];
        for (Embedding each : several) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each.numbers[i];
            }
        }
        return normalised(sum);
    }

    private static Embedding normalised(double... numbers) {
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

    /** The cosine similarity to an embedding of the same size, -1 to 1. */
    public double cosine(Embedding other) {
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += numbers[i] * other.numbers[i];
        }
        return sum;
    }

    /** How many numbers it has. */
    public int size() {
        return numbers.length;
    }
}
