package org.atelier.it.control.canny;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.it.harness.PluginFactory;

/** The error for an image that cannot be preprocessed. */
public final class FaultProbe implements Callable<String> {

    @Override
    public String call() throws Exception {
        return PluginFactory.<ControlPreprocessor>find(ControlPreprocessor.FACTORY, "canny")
                .use(Map.of(), FaultProbe::fault);
    }

    private static String fault(ControlPreprocessor control) {
        try {
            control.prepare(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), 4, 4);
            return "none";
        } catch (AtelierException e) {
            return e.code() + ": " + e.getMessage();
        }
    }
}
