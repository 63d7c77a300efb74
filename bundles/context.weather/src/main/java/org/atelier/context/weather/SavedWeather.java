package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ContextText.Part;
import org.atelier.api.context.ReadingListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Turns a saved response of a weather service into a phrase, without a network. */
@Designate(ocd = Phrases.class)
@Component(
        name = "org.atelier.context.weather.saved",
        factory = ContextSource.FACTORY,
        factoryProperty = {
            Plugins.NAME + "=weather-report",
            Plugins.INPUT + "=" + Plugins.FILE,
            Plugins.CONFIGURATION + "=" + Weather.CONFIGURATION
        })
public final class SavedWeather implements ContextSource {

    private static final long MAX_BYTES = 1 << 20;

    /** A condition, and its place if the response names it. */
    private record Saved(String origin, Condition condition, Optional<String> place) {}

    private final SkyPhrases phrases;

    /** @param phrases those of the set, which override those of the configuration */
    @Activate
    public SavedWeather(Phrases phrases) {
        this(SkyPhrases.of(phrases));
    }

    SavedWeather(SkyPhrases phrases) {
        this.phrases = phrases;
    }

    @Override
    public void check(String input) {
        read(Path.of(input));
    }

    @Override
    public ContextText read(String input, ReadingListener listener) {
        Saved saved = read(Path.of(input));
        listener.progressed(1);
        Condition condition = saved.condition();
        List<Part> parts = new ArrayList<>();
        saved.place().ifPresent(place -> parts.add(new Part("place", place, null)));
        parts.add(new Part("condition", condition.description(), null));
        parts.add(new Part("light", condition.light(), null));
        return new ContextText(phrases.of(condition.sky()), saved.origin(), null, parts);
    }

    private static Saved read(Path file) {
        JsonReply report = JsonReply.of(text(file), why -> fault(file, why));
        Optional<JsonReply> current = report.optional("current");
        if (current.isPresent()) {
            return new Saved(OpenMeteo.ORIGIN, Condition.ofOpenMeteo(current.get()), Optional.empty());
        }
        Condition condition = Condition.ofOpenWeather(report).orElseThrow(() -> fault(file, "'weather' is empty"));
        return new Saved(OpenWeather.NAME, condition, report.optional("name").map(JsonReply::text));
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw fault(file, "it is larger than 1 MB");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static AtelierException fault(Path file, String why) {
        return new AtelierException(
                INPUT_UNREADABLE,
                "%s is no weather report: %s. Save the JSON response of Open-Meteo's forecast with current=weather_code,is_day, or of OpenWeather's current weather."
                        .formatted(file, why));
    }
}
