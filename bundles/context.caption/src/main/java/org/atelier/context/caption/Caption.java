package org.atelier.context.caption;

/**
 * The caption of an image.
 *
 * @param text without a full stop or surrounding space
 * @param tokens the generated token ids, without the prompt
 * @param confidence the mean of the tokens' probabilities, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // as the model returns them
record Caption(String text, long[] tokens, double confidence) {}
