package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.models.source.ModelFolder;
import org.atelier.plugins.FakePlugins;
import org.atelier.studio.resolve.FakeLibrary;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.SetResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks that stay loaded. */
class KeptNetworksTest {

    private static final ModelConfiguration MODEL = ModelConfiguration.of(ModelFolder.open(FakeLibrary.SKETCHBOOK));
    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house")
            .dtype("float32")
            .device("cpu")
            .build();

    private final KeptNetworks networks = new KeptNetworks();
    private int loaded;

    @AfterEach
    void release() {
        networks.release();
    }

    private LoadedModel take(SetRequest request) {
        try (SetResources resources = new SetResources(new FakePlugins().registries(), Path.of("target"))) {
            return networks.take(new OpenedSet(request, MODEL, Optional.empty(), resources), () -> loaded++);
        }
    }

    /** Takes networks and gives them back. */
    private LoadedModel used(SetRequest request) {
        LoadedModel model = take(request);
        networks.giveBack(model);
        return model;
    }

    @Test
    void areThoseOfTheLastSetWithTheSameModel() {
        networks.keep();
        LoadedModel first = used(REQUEST);

        assertSame(first, used(REQUEST.toBuilder().prompts("a fish").steps(3).build()));
        assertEquals(2 * Pipeline.COMPONENTS, loaded);
        assertNotSame(first, used(REQUEST.toBuilder().dtype("bfloat16").build()));
        assertNotSame(first, used(REQUEST));
    }

    @Test
    void areKeptOnRequestOnly() {
        assertNotSame(used(REQUEST), used(REQUEST));

        networks.keep();
        LoadedModel kept = used(REQUEST);
        networks.release();
        assertNotSame(kept, used(REQUEST));
    }

    @Test
    void inUseAreNotTakenTwice() {
        networks.keep();
        LoadedModel first = take(REQUEST);
        LoadedModel second = take(REQUEST);

        assertNotSame(first, second);
        networks.giveBack(first);
        networks.giveBack(second);
        assertSame(second, take(REQUEST));
        second.close();
    }
}
