package org.atelier.context.music;

import java.util.List;

/** Where in a model's space something lies, without how far: a vector of length 1. */
final class Direction {

    private final double[] numbers;

    private Direction(double[] numbers) {
        this.numbers = numbers;
    }

    /** The direction of an embedding. */
    static Direction of(float[] embedding) {
        double[] numbers = new double[embedding.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = embedding[i];
        }
        return normalised(numbers);
    }

    /** The direction of the mean. */
    static Direction mean(List<Direction> several) {
        double[] sum = new double[several.get(0).numbers.length];
        for (Direction each : several) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each.numbers[i];
            }
        }
        return normalised(sum);
    }

    private static Direction normalised(double[] numbers) {
        double length = 0;
        for (double number : numbers) {
            length += number * number;
        }
        length = Math.max(Math.sqrt(length), 1e-12);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] /= length;
        }
        return new Direction(numbers);
    }

    /** How alike two directions are, -1 to 1: the cosine of the angle between them. */
    double similarity(Direction other) {
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
