package org.atelier.diffusion.pipeline;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Loads the tiny model and its pipeline once for all tests of a class. */
public final class LoadedTinyModel implements BeforeAllCallback, AfterAllCallback {

    private TinyModel model;
    private Pipeline pipeline;

    public TinyModel model() {
        return model;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        model = new TinyModel();
        pipeline = model.pipeline();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        pipeline.close();
        model.close();
    }
}
