package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.ModelSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ControlNets that are configured by default, with the models that are included. */
class ControlNetworksTest {

    private static final Path MODELS = FakeLibrary.SKETCHBOOK.getParent();

    @ParameterizedTest
    @ValueSource(strings = {"canny", "depth"})
    void sketchbookHasAControlNetOfItsWidth(String kind) throws ReflectiveOperationException {
        ModelSource sketchbook = ModelFolder.open(FakeLibrary.SKETCHBOOK);
        ControlNetworks networks = new ControlNetworks(new Included(), configured());

        String name = networks.defaultName(kind, sketchbook).orElseThrow();

        assertTrue(name.startsWith("sketchbook-" + kind), name);
        assertEquals(
                sketchbook.settings("unet").integer("cross_attention_dim"),
                ControlNetFolder.open(MODELS.resolve(name)).settings().integer("cross_attention_dim"));
        assertEquals(Optional.empty(), networks.defaultName("picture", sketchbook));
    }

    private static String configured() throws ReflectiveOperationException {
        return (String) ControlNetworks.Configuration.class
                .getDeclaredMethod("networks")
                .getDefaultValue();
    }

    private static final class Included implements ModelFiles {
        @Override
        public Path folder(String name) {
            return MODELS.resolve(name);
        }

        @Override
        public List<InstalledModel> installed() {
            return List.of();
        }
    }
}
