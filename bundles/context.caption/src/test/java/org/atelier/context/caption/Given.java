package org.atelier.context.caption;

import java.lang.annotation.Annotation;

/** Options as a request gives them. */
@SuppressWarnings("BadAnnotationImplementation") // never compared
record Given(String model, int beams, String prompt, int maxNewTokens) implements Options {

    @Override
    public Class<? extends Annotation> annotationType() {
        return Options.class;
    }
}
