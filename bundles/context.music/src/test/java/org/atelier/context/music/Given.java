package org.atelier.context.music;

import java.lang.annotation.Annotation;

/** Options as a request gives them; what is chosen of labels comes as properties. */
@SuppressWarnings("BadAnnotationImplementation") // never compared
record Given(String model, int windows, double logitScale, double least) implements Options {

    @Override
    public String[] sets() {
        return new String[0];
    }

    @Override
    public String[] genre_labels() {
        return new String[0];
    }

    @Override
    public String genre_prompt() {
        return "";
    }

    @Override
    public String genre_phrase() {
        return "";
    }

    @Override
    public String[] instruments_labels() {
        return new String[0];
    }

    @Override
    public String instruments_prompt() {
        return "";
    }

    @Override
    public String instruments_phrase() {
        return "";
    }

    @Override
    public String[] mood_labels() {
        return new String[0];
    }

    @Override
    public String mood_prompt() {
        return "";
    }

    @Override
    public String mood_phrase() {
        return "";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return Options.class;
    }
}
