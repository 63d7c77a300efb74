package org.atelier.context.caption;

/**
 * What a model says of an image.
 *
 * @param text without a full stop or surrounding space
 * @param tokens what the model said, behind the prompt, as ids
 * @param confidence the mean of the tokens' probabilities, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // as the model gives them
record Caption(String text, long[] tokens, double confidence) {}
