package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.osgi.service.component.ComponentFactory;

/**
 * Control plugins as a framework would provide them: {@code canny} and {@code depth}, whose images have the colour of the
 * corner of the source; and the ControlNet of the embedded model.
 */
public final class FakeControls {

    public static final Path SKETCHBOOK_CANNY = FakeLibrary.SKETCHBOOK.resolveSibling("sketchbook-canny");

    private final FakePlugins plugins;

    public FakeControls(FakePlugins plugins) {
        this.plugins = plugins;
        plugins.bind(PluginKind.CONTROL, factory(), FakePlugins.reference("canny", 1));
        plugins.bind(PluginKind.CONTROL, factory(), FakePlugins.reading("depth", 2));
    }

    ControlResolver resolver() {
        return new ControlResolver(plugins.registries().of(PluginKind.CONTROL), networks());
    }

    public ControlNetworks networks() {
        return new ControlNetworks(new Files(), "canny 160 sketchbook-canny, canny 2048 big-canny");
    }

    static BufferedImage prepared(BufferedImage image, int width, int height) {
        BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plain.setRGB(x, y, image.getRGB(0, 0));
            }
        }
        return plain;
    }

    private static ComponentFactory<ControlPreprocessor> factory() {
        return FakePlugins.factory(() -> FakeControls::prepared);
    }

    private static final class Files implements ModelFiles {

        @Override
        public Path folder(String name) {
            if (name.equals("sketchbook-canny")) {
                return SKETCHBOOK_CANNY;
            }
            if (name.contains("/")) {
                return Path.of(name);
            }
            throw new AtelierException(
                    Code.MODEL_NOT_FOUND, "There is no model \"%s\" here: fetch it.".formatted(name));
        }

        @Override
        public List<InstalledModel> installed() {
            return List.of();
        }
    }
}
