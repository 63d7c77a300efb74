package org.atelier.context.speech;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/**
 * The result of decoding one window at one temperature.
 *
 * @param tokens without the prompt and the end token
 * @param averageLogProbability of the tokens, including the end token
 * @param compressionRatio the size of the tokens' bytes divided by their compressed size
 * @param noSpeechProbability the probability that there is no speech
 */
@SuppressWarnings("ArrayRecordComponent") // as the generator returns them
record DecodingResult(
        long[] tokens, double averageLogProbability, double compressionRatio, double noSpeechProbability) {

    /** Whether to retry at the next temperature: the text is repetitive or improbable, and not silence. */
    boolean needsFallback(Options options) {
        boolean repeats = compressionRatio > options.compressionRatioThreshold();
        return (repeats || isImprobable(options)) && !isSilence(options);
    }

    boolean isSilence(Options options) {
        return isImprobable(options) && noSpeechProbability > options.noSpeechThreshold();
    }

    private boolean isImprobable(Options options) {
        return averageLogProbability < options.logprobThreshold();
    }

    /** The compression ratio as in transformers: each token has as many bytes as the vocabulary needs. */
    static double compressionRatio(long[] tokens, int vocabulary) {
        int width = (int) (Math.log(vocabulary) / Math.log(2) / 8) + 1;
        byte[] bytes = new byte[tokens.length * width];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (tokens[i / width] >> (8 * (i % width)));
        }
        return (double) bytes.length / compressed(bytes);
    }

    private static int compressed(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            byte[] block = new byte[4096];
            while (!deflater.finished()) {
                written.write(block, 0, deflater.deflate(block));
            }
            return written.size();
        } finally {
            deflater.end();
        }
    }
}
