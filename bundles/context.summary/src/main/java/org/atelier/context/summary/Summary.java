package org.atelier.context.summary;

/**
 * What a model makes of a text.
 *
 * @param text without a full stop or surrounding space
 * @param tokens what the model said, behind the token that it begins with, as ids
 * @param confidence the mean of the tokens' probabilities, 0 to 1
 * @param unread the end of the text, which is beyond what the model reads; empty where it read all
 */
@SuppressWarnings("ArrayRecordComponent") // as the model gives them
record Summary(String text, long[] tokens, double confidence, String unread) {}
