package org.atelier.it.context.caption;

import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ReadingListener;
import org.atelier.it.harness.PluginFactory;

/** Asks what the image of system property {@code caption.image} shows, as the studio does; first with the default model, which is not there. */
public final class CaptionProbe implements Callable<String>, ReadingListener {

    @Override
    public String call() throws Exception {
        return textOf(Map.of()) + "\n"
                + textOf(Map.of("model", "sketchbook-caption")) + "\n"
                + textOf(Map.of("model", "sketchbook-caption", "prompt", "a red"));
    }

    private String textOf(Map<String, Object> options) throws Exception {
        try {
            return PluginFactory.<ContextSource>find(ContextSource.FACTORY, "picture")
                    .use(options, this::textOf);
        } catch (AtelierException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    private String textOf(ContextSource images) {
        String image = System.getProperty("caption.image");
        images.check(image);
        return images.read(image, this).text();
    }
}
