package org.atelier.context.speech;

import java.lang.annotation.Annotation;

/** Options as a set gives them; what it does not give has its default. */
@SuppressWarnings({"ArrayRecordComponent", "ImmutableAnnotationChecker"}) // as declarative services gives them
record GivenOptions(
        String model,
        String language,
        String task,
        boolean timestamps,
        double[] temperatures,
        double logprobThreshold,
        double noSpeechThreshold)
        implements Options {

    static GivenOptions of(String model) {
        return new GivenOptions(model, "", "transcribe", false, new double[] {0}, -1, 0.6);
    }

    GivenOptions withTimestamps(boolean wanted) {
        return new GivenOptions(model, language, task, wanted, temperatures, logprobThreshold, noSpeechThreshold);
    }

    GivenOptions withTask(String wanted) {
        return new GivenOptions(model, language, wanted, timestamps, temperatures, logprobThreshold, noSpeechThreshold);
    }

    GivenOptions withLanguage(String wanted) {
        return new GivenOptions(model, wanted, task, timestamps, temperatures, logprobThreshold, noSpeechThreshold);
    }

    GivenOptions withTemperatures(double... wanted) {
        return new GivenOptions(model, language, task, timestamps, wanted, logprobThreshold, noSpeechThreshold);
    }

    GivenOptions withThresholds(double logProbability, double noSpeech) {
        return new GivenOptions(model, language, task, timestamps, temperatures, logProbability, noSpeech);
    }

    @Override
    public double compressionRatioThreshold() {
        return 2.4;
    }

    @Override
    public boolean conditionOnPrevTokens() {
        return false;
    }

    @Override
    public int numBeams() {
        return 1;
    }

    @Override
    public long seed() {
        return 0;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return Options.class;
    }
}
