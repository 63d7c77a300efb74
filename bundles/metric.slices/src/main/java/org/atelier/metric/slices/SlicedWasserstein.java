package org.atelier.metric.slices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.atelier.api.metric.MeasuringListener;

/**
 * The sliced Wasserstein distance between point clouds: the mean over fixed directions θ of ∫ |F⁻¹(t) - G⁻¹(t)| dt for
 * t from 0 to 1, where F and G are the distributions of the clouds' projections onto θ (Rabin et al. 2011).
 */
public final class SlicedWasserstein {

    private final List<double[]> directions;

    private SlicedWasserstein(List<double[]> directions) {
        this.directions = directions;
    }

    /** @param directions unit vectors, one per line, with comma-separated coordinates; closed by this method */
    public static SlicedWasserstein along(InputStream directions) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(directions, StandardCharsets.UTF_8))) {
            return new SlicedWasserstein(lines.lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Computes the distances between all pairs of clouds. Only one projection of each cloud is in memory at a time.
     *
     * @param clouds each (coordinate, point), with any number of points
     * @param listener checked for cancellation once per cloud and direction
     * @return (cloud, cloud), symmetric, 0 on the diagonal
     */
    public double[][] between(List<double[][]> clouds, MeasuringListener listener) {
        double[][] distances = new double[clouds.size()][clouds.size()];
        for (double[] direction : directions) {
            List<double[]> projections = clouds.stream()
                    .map(cloud -> sortedProjection(cloud, direction, listener))
                    .toList();
            for (int one = 0; one < clouds.size(); one++) {
                for (int other = 0; other < one; other++) {
                    double distance = distance(projections.get(one), projections.get(other)) / directions.size();
                    distances[one][other] += distance;
                    distances[other][one] += distance;
                }
            }
        }
        return distances;
    }

    private static double[] sortedProjection(double[][] cloud, double[] direction, MeasuringListener listener) {
        listener.throwIfCancelled();
        double[] projection = new double[cloud[0].length];
        for (int coordinate = 0; coordinate < direction.length; coordinate++) {
            double[] values = cloud[coordinate];
            for (int point = 0; point < projection.length; point++) {
                projection[point] += values[point] * direction[coordinate];
            }
        }
        Arrays.sort(projection);
        return projection;
    }

    /** The area between two step functions: the quantiles of two sorted samples. */
    static double distance(double[] one, double[] other) {
        double area = 0;
        long position = 0; // in units of 1 / (one.length * other.length), so that rounding cannot skip a step
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            long endOfOne = (i + 1L) * other.length;
            long endOfOther = (j + 1L) * one.length;
            long end = Math.min(endOfOne, endOfOther);
            area += (end - position) * Math.abs(one[i] - other[j]);
            position = end;
            i += endOfOne == end ? 1 : 0;
            j += endOfOther == end ? 1 : 0;
        }
        return area / ((double) one.length * other.length);
    }
}
