package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.atelier.api.control.ControlPreprocessor;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

class PluginRegistriesTest {

    private final PluginRegistries registries = FakePlugins.empty();

    @Test
    void assignsPluginsToKindsByFactoryName() {
        ServiceReference<?> canny = FakePlugins.made(ControlPreprocessor.FACTORY, "canny", 1);
        registries.bind(factory(), canny);
        registries.bind(factory(), FakePlugins.made("com.example.parts", "wheel", 2));

        for (PluginKind<?> kind : PluginKind.ALL) {
            List<String> expected = kind.equals(PluginKind.CONTROL) ? List.of("canny") : List.of();
            assertEquals(expected, registries.of(kind).names(), kind.title());
        }

        registries.unbind(canny);
        assertEquals(List.of(), registries.of(PluginKind.CONTROL).names());
    }

    private static ComponentFactory<ControlPreprocessor> factory() {
        return properties -> new ComponentInstance<>() {
            @Override
            public void dispose() {}

            @Override
            public ControlPreprocessor getInstance() {
                return (image, width, height) -> image;
            }
        };
    }
}
