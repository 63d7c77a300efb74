package org.atelier.metric.inception;

import java.lang.annotation.Annotation;

/** Options as a request gives them. */
@SuppressWarnings("BadAnnotationImplementation") // never compared
record Given(String model, int splits) implements Options {

    @Override
    public Class<? extends Annotation> annotationType() {
        return Options.class;
    }
}
