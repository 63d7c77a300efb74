package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** Open-Meteo's forecast and geocoding, which require no key; open-meteo.com/en/docs. */
final class OpenMeteo implements WeatherService {

    /** Includes the licence of the data, which requires attribution. */
    static final String ORIGIN = "Open-Meteo.com (CC BY 4.0)";

    private static final String NAME = "Open-Meteo";
    private static final int OK = 200;

    /** Enough results to find the town of the right country among towns with the same name. */
    private static final String MAX_TOWNS = "100";

    private static final String VALUES = "temperature_2m,apparent_temperature,relative_humidity_2m,is_day,weather_code,"
            + "cloud_cover,wind_speed_10m";

    private final HttpUrl forecast;
    private final HttpUrl geocoding;
    private final RetryingHttpClient client;

    /**
     * Creates a client of the servers.
     *
     * @param forecast {@code https://api.open-meteo.com}
     * @param geocoding {@code https://geocoding-api.open-meteo.com}
     */
    OpenMeteo(HttpUrl forecast, HttpUrl geocoding, RetryingHttpClient client) {
        this.forecast = forecast;
        this.geocoding = geocoding;
        this.client = client;
    }

    @Override
    public String origin() {
        return ORIGIN;
    }

    @Override
    public Coordinates find(Place.Town town, ReadingListener listener) {
        HttpUrl.Builder url = geocoding
                .newBuilder()
                .addPathSegments("v1/search")
                .addQueryParameter("name", town.name())
                .addQueryParameter("count", MAX_TOWNS)
                .addQueryParameter("language", "en")
                .addQueryParameter("format", "json");
        List<JsonReply> found = get(url.build(), listener)
                .optional("results")
                .map(JsonReply::elements)
                .orElse(List.of());
        return found.stream()
                .filter(place -> isIn(place, town.regions()))
                .findFirst()
                .map(OpenMeteo::coordinates)
                .orElseThrow(() -> new AtelierException(
                        INPUT_UNREADABLE,
                        "Open-Meteo does not know the place '%s'; give a town as in \"Bergen,NO\" or coordinates as in \"60.39,5.32\"."
                                .formatted(town.query())));
    }

    private static boolean isIn(JsonReply place, List<String> regions) {
        List<String> placeRegions = Stream.of("country_code", "country", "admin1")
                .map(place::optional)
                .flatMap(Optional::stream)
                .map(JsonReply::text)
                .toList();
        return regions.stream().allMatch(region -> placeRegions.stream().anyMatch(region::equalsIgnoreCase));
    }

    private static Coordinates coordinates(JsonReply place) {
        String country =
                place.optional("country_code").map(code -> ", " + code.text()).orElse("");
        return new Coordinates(
                place.required("name").text() + country,
                place.required("latitude").number(),
                place.required("longitude").number());
    }

    @Override
    public Report report(Coordinates coordinates, ReadingListener listener) {
        HttpUrl url = forecast.newBuilder()
                .addPathSegments("v1/forecast")
                .addQueryParameter("latitude", Double.toString(coordinates.latitude()))
                .addQueryParameter("longitude", Double.toString(coordinates.longitude()))
                .addQueryParameter("current", VALUES)
                .addQueryParameter("wind_speed_unit", "ms")
                .addQueryParameter("timezone", "auto")
                .build();
        JsonReply current = get(url, listener).required("current");
        return new Report(
                Condition.ofOpenMeteo(current),
                current.required("temperature_2m").number(),
                current.optional("apparent_temperature").map(JsonReply::number).orElse(null),
                current.optional("relative_humidity_2m").map(JsonReply::number).orElse(null),
                current.optional("cloud_cover").map(JsonReply::number).orElse(null),
                current.optional("wind_speed_10m").map(JsonReply::number).orElse(null));
    }

    private JsonReply get(HttpUrl url, ReadingListener listener) {
        RetryingHttpClient.Reply reply = client.get(url, NAME, listener);
        if (reply.status() == OK) {
            return JsonReply.of(reply.body(), NAME);
        }
        throw new AtelierException(
                SERVICE_UNREACHABLE,
                "Open-Meteo rejected the request (status %d)%s.".formatted(reply.status(), reason(reply)));
    }

    /** The reason that Open-Meteo gives with status 400. */
    private static String reason(RetryingHttpClient.Reply reply) {
        if (!reply.body().startsWith("{")) {
            return "";
        }
        return JsonReply.of(reply.body(), NAME)
                .optional("reason")
                .map(reason -> ": " + reason.text())
                .orElse("");
    }
}
