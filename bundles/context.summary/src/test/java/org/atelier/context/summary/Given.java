package org.atelier.context.summary;

import java.lang.annotation.Annotation;

/** Options as a request gives them. */
@SuppressWarnings("BadAnnotationImplementation") // never compared
record Given(
        String model,
        String prefix,
        int beams,
        int maxLength,
        int minLength,
        double lengthPenalty,
        String earlyStopping,
        int noRepeatNgramSize)
        implements Options {

    /** Everything as the model says. */
    static Given only(String model) {
        return new Given(model, "", 0, 0, -1, 0, "model", -1);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return Options.class;
    }
}
