package org.atelier.context.summary;

/**
 * The summary of a text.
 *
 * @param text without a full stop or surrounding space
 * @param tokens the generated token ids, without the start token
 * @param confidence the mean of the tokens' probabilities, 0 to 1
 * @param unread the end of the text, which exceeds the model's input length; empty if the text fits
 */
@SuppressWarnings("ArrayRecordComponent") // as the model returns them
record Summary(String text, long[] tokens, double confidence, String unread) {}
