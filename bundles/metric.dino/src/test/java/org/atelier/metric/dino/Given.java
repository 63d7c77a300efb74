package org.atelier.metric.dino;

import java.lang.annotation.Annotation;

/** Options as a request gives them. */
@SuppressWarnings("BadAnnotationImplementation") // never compared
record Given(String model) implements Options {

    @Override
    public Class<? extends Annotation> annotationType() {
        return Options.class;
    }
}
