package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.util.List;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** OpenWeather's current weather and its geocoding; openweathermap.org/current, openweathermap.org/api/geocoding-api. */
final class OpenWeather implements WeatherService {

    private static final String NAME = "OpenWeather";
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final HttpUrl base;
    private final ApiKey key;
    private final RetryingHttpClient calls;

    /** @param base {@code https://api.openweathermap.org} */
    OpenWeather(HttpUrl base, ApiKey key, RetryingHttpClient calls) {
        this.base = base;
        this.key = key;
        this.calls = calls;
    }

    @Override
    public String origin() {
        return NAME;
    }

    @Override
    public Coordinates find(Place.Town town, ReadingListener listener) {
        HttpUrl.Builder url = base.newBuilder()
                .addPathSegments("geo/1.0/direct")
                .addQueryParameter("q", town.asked())
                .addQueryParameter("limit", "1");
        List<Answer> found = asked(url, town.asked(), listener).each();
        if (found.isEmpty()) {
            throw unknown(town.asked());
        }
        Answer place = found.get(0);
        String country = place.part("country").map(code -> ", " + code.text()).orElse("");
        return new Coordinates(
                place.needed("name").text() + country,
                place.needed("lat").number(),
                place.needed("lon").number());
    }

    @Override
    public Report report(Coordinates spot, ReadingListener listener) {
        HttpUrl.Builder url = base.newBuilder()
                .addPathSegments("data/2.5/weather")
                .addQueryParameter("lat", Double.toString(spot.latitude()))
                .addQueryParameter("lon", Double.toString(spot.longitude()))
                .addQueryParameter("units", "metric")
                .addQueryParameter("lang", "en");
        Answer weather = asked(url, spot.inWords(), listener);
        List<Answer> conditions = weather.needed("weather").each();
        if (conditions.isEmpty()) {
            throw refused("tells no weather there");
        }
        Answer condition = conditions.get(0);
        boolean night = condition.part("icon").map(Answer::text).orElse("").endsWith("n");
        Answer main = weather.needed("main");
        return new Report(
                Sky.ofOpenWeather(condition.needed("id").whole(), night),
                condition.needed("description").text(),
                night,
                main.needed("temp").number(),
                main.part("feels_like").map(Answer::number).orElse(null),
                main.part("humidity").map(Answer::number).orElse(null),
                weather.part("clouds")
                        .flatMap(clouds -> clouds.part("all"))
                        .map(Answer::number)
                        .orElse(null),
                weather.part("wind")
                        .flatMap(wind -> wind.part("speed"))
                        .map(Answer::number)
                        .orElse(null));
    }

    private Answer asked(HttpUrl.Builder url, String place, ReadingListener listener) {
        HttpUrl complete = url.addQueryParameter("appid", key.secret()).build();
        RetryingHttpClient.Reply reply = calls.get(complete, NAME, listener);
        switch (reply.status()) {
            case OK -> {
                return Answer.of(key.keptOutOf(reply.body()), NAME);
            }
            case UNAUTHORIZED ->
                throw refused("refuses the key (401); correct it in " + ApiKey.VARIABLE
                        + " or its file, or remove it, and Open-Meteo is asked");
            case NOT_FOUND -> throw unknown(place);
            default -> throw refused("refuses the request (" + reply.status() + ")");
        }
    }

    private static AtelierException unknown(String place) {
        return new AtelierException(
                INPUT_UNREADABLE,
                "OpenWeather knows no place '%s'; name it as in \"Bergen,NO\", or give coordinates as in \"60.39,5.32\"."
                        .formatted(place));
    }

    private static AtelierException refused(String why) {
        return new AtelierException(SERVICE_UNREACHABLE, "OpenWeather " + why + ".");
    }
}
