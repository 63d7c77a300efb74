package org.atelier.context.weather;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ContextText.Part;
import org.atelier.api.context.ReadingListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Turns a place into a phrase for its current weather: "Bergen,NO" becomes "rainy weather" if it rains there. */
@Designate(ocd = Phrases.class)
@Component(name = Weather.CONFIGURATION, factory = ContextSource.FACTORY, factoryProperty = Plugins.NAME + "=place")
public final class Weather implements ContextSource {

    /** The PID of the phrases, which all sources of this bundle share. */
    static final String CONFIGURATION = "org.atelier.context.weather.phrases";

    private final WeatherClient weatherClient;
    private final SkyPhrases phrases;

    /** @param phrases those of the set, which override those of the configuration */
    @Activate
    public Weather(@Reference WeatherClient weatherClient, Phrases phrases) {
        this(weatherClient, SkyPhrases.of(phrases));
    }

    Weather(WeatherClient weatherClient, SkyPhrases phrases) {
        this.weatherClient = weatherClient;
        this.phrases = phrases;
    }

    @Override
    public void check(String input) {
        Place.of(input);
        weatherClient.check();
    }

    @Override
    public ContextText read(String input, ReadingListener listener) {
        WeatherClient.Result found = weatherClient.fetch(Place.of(input), listener);
        listener.progressed(1);
        return new ContextText(phrases.of(found.report().condition().sky()), found.origin(), null, parts(found));
    }

    private static List<Part> parts(WeatherClient.Result found) {
        Report report = found.report();
        List<Part> parts = new ArrayList<>();
        parts.add(part("place", found.coordinates().describe()));
        parts.add(part("condition", report.condition().description()));
        parts.add(part("light", report.condition().light()));
        parts.add(part("temperature", number(report.temperature(), "%.1f °C")));
        if (report.feelsLike() != null) {
            parts.add(part("feels like", number(report.feelsLike(), "%.1f °C")));
        }
        if (report.humidity() != null) {
            parts.add(part("humidity", number(report.humidity(), "%.0f %%")));
        }
        if (report.cloudiness() != null) {
            parts.add(part("clouds", number(report.cloudiness(), "%.0f %%")));
        }
        if (report.wind() != null) {
            parts.add(part("wind", number(report.wind(), "%.1f m/s")));
        }
        return parts;
    }

    private static Part part(String name, String text) {
        return new Part(name, text, null);
    }

    private static String number(double value, String format) {
        return String.format(Locale.ROOT, format, value);
    }
}
