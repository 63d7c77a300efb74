package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.util.List;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** OpenWeather's current weather and its geocoding; openweathermap.org/current, openweathermap.org/api/geocoding-api. */
final class OpenWeather implements WeatherService {

    static final String NAME = "OpenWeather";
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final HttpUrl base;
    private final ApiKey key;
    private final RetryingHttpClient client;

    /** @param base {@code https://api.openweathermap.org} */
    OpenWeather(HttpUrl base, ApiKey key, RetryingHttpClient client) {
        this.base = base;
        this.key = key;
        this.client = client;
    }

    @Override
    public String origin() {
        return NAME;
    }

    @Override
    public Coordinates find(Place.Town town, ReadingListener listener) {
        HttpUrl.Builder url = base.newBuilder()
                .addPathSegments("geo/1.0/direct")
                .addQueryParameter("q", town.query())
                .addQueryParameter("limit", "1");
        List<JsonReply> found = get(url, town.query(), listener).elements();
        if (found.isEmpty()) {
            throw unknown(town.query());
        }
        JsonReply place = found.get(0);
        String country =
                place.optional("country").map(code -> ", " + code.text()).orElse("");
        return new Coordinates(
                place.required("name").text() + country,
                place.required("lat").number(),
                place.required("lon").number());
    }

    @Override
    public Report report(Coordinates coordinates, ReadingListener listener) {
        HttpUrl.Builder url = base.newBuilder()
                .addPathSegments("data/2.5/weather")
                .addQueryParameter("lat", Double.toString(coordinates.latitude()))
                .addQueryParameter("lon", Double.toString(coordinates.longitude()))
                .addQueryParameter("units", "metric")
                .addQueryParameter("lang", "en");
        JsonReply weather = get(url, coordinates.describe(), listener);
        Condition condition = Condition.ofOpenWeather(weather)
                .orElseThrow(() -> failure("has no weather for this place; try another place"));
        JsonReply main = weather.required("main");
        return new Report(
                condition,
                main.required("temp").number(),
                main.optional("feels_like").map(JsonReply::number).orElse(null),
                main.optional("humidity").map(JsonReply::number).orElse(null),
                weather.optional("clouds")
                        .flatMap(clouds -> clouds.optional("all"))
                        .map(JsonReply::number)
                        .orElse(null),
                weather.optional("wind")
                        .flatMap(wind -> wind.optional("speed"))
                        .map(JsonReply::number)
                        .orElse(null));
    }

    private JsonReply get(HttpUrl.Builder url, String place, ReadingListener listener) {
        HttpUrl complete = url.addQueryParameter("appid", key.secret()).build();
        RetryingHttpClient.Reply reply = client.get(complete, NAME, listener);
        switch (reply.status()) {
            case OK -> {
                return JsonReply.of(key.redact(reply.body()), NAME);
            }
            case UNAUTHORIZED ->
                throw failure("rejected the key (status 401); correct it in " + ApiKey.VARIABLE
                        + " or its file, or remove it to use Open-Meteo");
            case NOT_FOUND -> throw unknown(place);
            default -> throw failure("rejected the request (status " + reply.status() + "); try again later");
        }
    }

    private static AtelierException unknown(String place) {
        return new AtelierException(
                INPUT_UNREADABLE,
                "OpenWeather does not know the place '%s'; give a town as in \"Bergen,NO\" or coordinates as in \"60.39,5.32\"."
                        .formatted(place));
    }

    private static AtelierException failure(String why) {
        return new AtelierException(SERVICE_UNREACHABLE, "OpenWeather " + why + ".");
    }
}
