package org.atelier.context.weather;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
@Component(
        name = "org.atelier.context.weather.phrases",
        factory = ContextSource.FACTORY,
        factoryProperty = Plugins.NAME + "=place")
public final class Weather implements ContextSource {

    private final WeatherClient weatherClient;
    private final Map<Sky, String> phrases;

    /** @param phrases those of the set, which override those of the configuration */
    @Activate
    public Weather(@Reference WeatherClient weatherClient, Phrases phrases) {
        this(weatherClient, bySky(phrases));
    }

    Weather(WeatherClient weatherClient, Map<Sky, String> phrases) {
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
        return new ContextText(
                phrases.getOrDefault(found.report().sky(), "").strip(), found.origin(), null, parts(found));
    }

    private static List<Part> parts(WeatherClient.Result found) {
        Report report = found.report();
        List<Part> parts = new ArrayList<>();
        parts.add(part("place", found.coordinates().describe()));
        parts.add(part("condition", report.description()));
        parts.add(part("light", report.night() ? "night" : "day"));
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

    private static Map<Sky, String> bySky(Phrases phrases) {
        Map<Sky, String> bySky = new EnumMap<>(Sky.class);
        bySky.put(Sky.SUN, phrases.sun());
        bySky.put(Sky.CLEAR_NIGHT, phrases.clearNight());
        bySky.put(Sky.FEW_CLOUDS, phrases.fewClouds());
        bySky.put(Sky.FEW_CLOUDS_AT_NIGHT, phrases.fewCloudsAtNight());
        bySky.put(Sky.CLOUDS, phrases.clouds());
        bySky.put(Sky.FOG, phrases.fog());
        bySky.put(Sky.DUST, phrases.dust());
        bySky.put(Sky.DRIZZLE, phrases.drizzle());
        bySky.put(Sky.RAIN, phrases.rain());
        bySky.put(Sky.SLEET, phrases.sleet());
        bySky.put(Sky.SNOW, phrases.snow());
        bySky.put(Sky.THUNDER, phrases.thunder());
        bySky.put(Sky.STORM, phrases.storm());
        return bySky;
    }
}
