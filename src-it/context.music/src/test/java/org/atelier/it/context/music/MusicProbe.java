package org.atelier.it.context.music;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.it.harness.PluginFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Asks how the file of system property {@code music.sound} sounds, as the studio does: with a model that is not there,
 * with that of {@code music.model}, and with a set of labels that only a configuration knows.
 */
public final class MusicProbe implements Callable<String>, ReadingListener {

    private final BundleContext context =
            FrameworkUtil.getBundle(MusicProbe.class).getBundleContext();

    @Override
    public String call() throws Exception {
        String model = System.getProperty("music.model");
        String text = textOf(Map.of("model", "clap-nowhere")) + "\n" + textOf(Map.of("model", model)) + "\n";
        ConfigurationAdmin configurations = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        // Stopped meanwhile, so that the bundle starts with its configuration, as in the distribution.
        Bundle music = Arrays.stream(context.getBundles())
                .filter(bundle -> "org.atelier.context.music".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        music.stop();
        configurations
                .getConfiguration("org.atelier.context.music", "?")
                .update(FrameworkUtil.asDictionary(
                        Map.of("era.labels", "old: of old times", "era.prompt", "{label} music")));
        music.start();
        return text + textOf(Map.of("model", model, "sets", new String[] {"era"}));
    }

    private String textOf(Map<String, Object> options) throws Exception {
        try {
            return PluginFactory.<ContextSource>find(ContextSource.FACTORY, "music")
                    .use(options, this::textOf);
        } catch (AtelierException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    private String textOf(ContextSource music) {
        String sound = System.getProperty("music.sound");
        music.check(sound);
        ContextText words = music.read(sound, this);
        Map<String, Long> labels = words.parts().stream()
                .collect(Collectors.groupingBy(ContextText.Part::name, LinkedHashMap::new, Collectors.counting()));
        return words.text() + "\n"
                + labels.entrySet().stream()
                        .map(set -> set.getKey() + " " + set.getValue())
                        .collect(Collectors.joining(", "));
    }
}
