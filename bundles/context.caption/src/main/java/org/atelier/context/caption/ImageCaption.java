package org.atelier.context.caption;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.onnx.OnnxModels;
import org.atelier.pictures.SourceImage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Captions an image. BLIP: Li et al. 2022.
 *
 * <p>The component ignores its configuration, because Declarative Services would close an instance in use when it changes. The operator's configuration reaches a set through its request.
 */
@Designate(ocd = Options.class)
// A change of the configuration must not close an instance in use; the studio passes the current values to every set.
@Component(
        factory = ContextSource.FACTORY,
        factoryProperty = {Plugins.NAME + "=picture", Plugins.MODEL + "=model", Plugins.INPUT + "=" + Plugins.FILE},
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class ImageCaption implements ContextSource {

    private final OnnxModels models;
    private final Options options;
    private Captioner captioner;

    /** @param models lease the model when the first image is checked or read */
    @Activate
    public ImageCaption(@Reference OnnxModels models, Options options) {
        this.models = models;
        this.options = options;
    }

    @Override
    public synchronized ContextText read(String input, ReadingListener listener) {
        SourceImage image = open(input);
        Caption caption = captioner().caption(image.upright(), listener::cancelled);
        listener.progressed(1);
        String text = caption.text();
        List<ContextText.Part> parts =
                text.isEmpty() ? List.of() : List.of(new ContextText.Part("caption", text, caption.confidence()));
        return new ContextText(text, options.model(), text.isEmpty() ? null : caption.confidence(), parts);
    }

    /** Reads the size of the image and loads the model. */
    @Override
    public synchronized void check(String input) {
        open(input);
        captioner();
    }

    private static SourceImage open(String input) {
        try {
            return SourceImage.open(Path.of(input));
        } catch (InvalidPathException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, input + " is not a valid file name.", e);
        }
    }

    private Captioner captioner() {
        if (captioner == null) {
            captioner = Captioner.open(models.lease(options.model()), options);
        }
        return captioner;
    }

    @Deactivate
    synchronized void close() {
        if (captioner != null) {
            captioner.close();
            captioner = null;
        }
    }
}
