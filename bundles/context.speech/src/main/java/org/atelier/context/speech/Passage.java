package org.atelier.context.speech;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/**
 * What was heard in one window, at one temperature.
 *
 * @param tokens without the prompt and the token that ends the text
 * @param averageLogProbability of the tokens, the ending one among them
 * @param compressionRatio how much shorter the tokens' bytes become when compressed
 * @param noSpeechProbability how likely it is that nobody speaks
 */
@SuppressWarnings("ArrayRecordComponent") // as the generator gives them
record Passage(long[] tokens, double averageLogProbability, double compressionRatio, double noSpeechProbability) {

    /** Whether another temperature may do better: it repeats itself, or is doubtful without being silence. */
    boolean needsAnother(Options options) {
        boolean repeats = compressionRatio > options.compressionRatioThreshold();
        return (repeats || isDoubtful(options)) && !isSilence(options);
    }

    boolean isSilence(Options options) {
        return isDoubtful(options) && noSpeechProbability > options.noSpeechThreshold();
    }

    private boolean isDoubtful(Options options) {
        return averageLogProbability < options.logprobThreshold();
    }

    /** As transformers has it: each token in as many bytes as the vocabulary needs. */
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
