package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Turns a word for the weather into its phrase, without a service: "rain" becomes "rainy weather". */
@Designate(ocd = Phrases.class)
@Component(
        name = "org.atelier.context.weather.named",
        factory = ContextSource.FACTORY,
        factoryProperty = {Plugins.NAME + "=weather", Plugins.CONFIGURATION + "=" + Weather.CONFIGURATION})
public final class NamedWeather implements ContextSource {

    private final SkyPhrases phrases;

    /** @param phrases those of the set, which override those of the configuration */
    @Activate
    public NamedWeather(Phrases phrases) {
        this(SkyPhrases.of(phrases));
    }

    NamedWeather(SkyPhrases phrases) {
        this.phrases = phrases;
    }

    @Override
    public void check(String input) {
        sky(input);
    }

    @Override
    public ContextText read(String input, ReadingListener listener) {
        Sky sky = sky(input);
        listener.progressed(1);
        return new ContextText(
                phrases.of(sky), "given", null, List.of(new ContextText.Part("condition", input.strip(), null)));
    }

    private static Sky sky(String input) {
        return SkyNames.find(input)
                .orElseThrow(() -> new AtelierException(
                        INPUT_UNREADABLE,
                        "There is no weather '%s'; give one of %s, or write it in --style."
                                .formatted(input.strip(), String.join(", ", SkyNames.known()))));
    }
}
