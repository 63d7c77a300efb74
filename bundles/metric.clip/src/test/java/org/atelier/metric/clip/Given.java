package org.atelier.metric.clip;

import java.lang.annotation.Annotation;

/** Options as a request gives them. */
@SuppressWarnings("BadAnnotationImplementation") // never compared
record Given(String model, String text) implements Options {

    @Override
    public Class<? extends Annotation> annotationType() {
        return Options.class;
    }
}
