package org.atelier.audio;

/**
 * A mel filter bank: triangular filters with evenly spaced centres on the mel scale of Slaney (linear up to 1 kHz,
 * logarithmic above), each with an area of 1. Slaney, Auditory Toolbox, 1998.
 */
final class MelBank {

    private static final double LINEAR_STEP = 200.0 / 3;
    private static final double BREAK_HERTZ = 1000;
    private static final double BREAK_MEL = BREAK_HERTZ / LINEAR_STEP;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    private final int[] firstBins;
    private final double[][] weights;

    /**
     * @param bins number of frequency bins, from 0 to half the sample rate
     * @param lowest start of the lowest filter in Hz
     * @param highest end of the highest filter in Hz
     */
    MelBank(int filters, int bins, int sampleRate, double lowest, double highest) {
        firstBins = new int[filters];
        weights = new double[filters][];
        double[] edges = new double[filters + 2];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = hertz(mel(lowest) + (mel(highest) - mel(lowest)) * i / (filters + 1));
        }
        double binWidth = Math.floorDiv(sampleRate, 2) / (double) (bins - 1);
        for (int filter = 0; filter < filters; filter++) {
            int first = Math.min(bins, (int) Math.ceil(edges[filter] / binWidth));
            int end = Math.min(bins, (int) Math.floor(edges[filter + 2] / binWidth) + 1);
            firstBins[filter] = first;
            weights[filter] = new double[Math.max(0, end - first)];
            for (int i = 0; i < weights[filter].length; i++) {
                double frequency = (first + i) * binWidth;
                double up = (frequency - edges[filter]) / (edges[filter + 1] - edges[filter]);
                double down = (edges[filter + 2] - frequency) / (edges[filter + 2] - edges[filter + 1]);
                weights[filter][i] = Math.max(0, Math.min(up, down)) * 2 / (edges[filter + 2] - edges[filter]);
            }
        }
    }

    int filters() {
        return weights.length;
    }

    /** Applies a filter to a power spectrum. */
    double apply(int filter, double[] spectrum) {
        double sum = 0;
        for (int i = 0; i < weights[filter].length; i++) {
            sum += weights[filter][i] * spectrum[firstBins[filter] + i];
        }
        return sum;
    }

    private static double mel(double hertz) {
        return hertz < BREAK_HERTZ ? hertz / LINEAR_STEP : BREAK_MEL + Math.log(hertz / BREAK_HERTZ) / LOG_STEP;
    }

    private static double hertz(double mel) {
        return mel < BREAK_MEL ? mel * LINEAR_STEP : BREAK_HERTZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
    }
}
