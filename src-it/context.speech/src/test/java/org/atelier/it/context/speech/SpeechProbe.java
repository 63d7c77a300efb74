package org.atelier.it.context.speech;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.it.harness.PluginFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Has the file {@code sound} of the framework's home written down, as a set would: the language and how many words, or the fault. */
public final class SpeechProbe implements Callable<String>, ReadingListener {

    @Override
    public String call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(SpeechProbe.class).getBundleContext();
        Path home = Path.of(context.getProperty("atelier.home"));
        Map<String, Object> options =
                Map.of("model", home.resolve("model").toString(), "temperatures", new double[] {0});
        try {
            return PluginFactory.<ContextSource>find(ContextSource.FACTORY, "speech")
                    .use(options, speech -> textOf(speech, home.resolve("sound").toString()));
        } catch (AtelierException e) {
            return e.getMessage();
        }
    }

    private String textOf(ContextSource speech, String sound) {
        speech.check(sound);
        ContextText words = speech.read(sound, this);
        return words.parts().get(0).text() + ", " + (words.text().isBlank() ? "nothing" : "something") + " said";
    }
}
