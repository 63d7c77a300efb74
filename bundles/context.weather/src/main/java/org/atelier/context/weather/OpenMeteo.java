package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** Open-Meteo's forecast and geocoding, which ask for no key; open-meteo.com/en/docs. */
final class OpenMeteo implements WeatherService {

    private static final String NAME = "Open-Meteo";
    private static final int OK = 200;

    /** Enough that among towns of one name that of the right country is found. */
    private static final String MOST_TOWNS = "100";

    private static final String VALUES = "temperature_2m,apparent_temperature,relative_humidity_2m,is_day,weather_code,"
            + "cloud_cover,wind_speed_10m";

    private final HttpUrl forecast;
    private final HttpUrl geocoding;
    private final RetryingHttpClient calls;

    /**
     * Takes the servers.
     *
     * @param forecast {@code https://api.open-meteo.com}
     * @param geocoding {@code https://geocoding-api.open-meteo.com}
     */
    OpenMeteo(HttpUrl forecast, HttpUrl geocoding, RetryingHttpClient calls) {
        this.forecast = forecast;
        this.geocoding = geocoding;
        this.calls = calls;
    }

    /** With the licence of its data, which asks to be named. */
    @Override
    public String origin() {
        return "Open-Meteo.com (CC BY 4.0)";
    }

    @Override
    public Coordinates find(Place.Town town, ReadingListener listener) {
        HttpUrl.Builder url = geocoding
                .newBuilder()
                .addPathSegments("v1/search")
                .addQueryParameter("name", town.name())
                .addQueryParameter("count", MOST_TOWNS)
                .addQueryParameter("language", "en")
                .addQueryParameter("format", "json");
        List<Answer> found =
                asked(url.build(), listener).part("results").map(Answer::each).orElse(List.of());
        return found.stream()
                .filter(place -> liesIn(place, town.regions()))
                .findFirst()
                .map(OpenMeteo::spot)
                .orElseThrow(() -> new AtelierException(
                        INPUT_UNREADABLE,
                        "Open-Meteo knows no place '%s'; name it as in \"Bergen,NO\", or give coordinates as in \"60.39,5.32\"."
                                .formatted(town.asked())));
    }

    private static boolean liesIn(Answer place, List<String> regions) {
        List<String> itsRegions = Stream.of("country_code", "country", "admin1")
                .map(place::part)
                .flatMap(Optional::stream)
                .map(Answer::text)
                .toList();
        return regions.stream().allMatch(region -> itsRegions.stream().anyMatch(region::equalsIgnoreCase));
    }

    private static Coordinates spot(Answer place) {
        String country =
                place.part("country_code").map(code -> ", " + code.text()).orElse("");
        return new Coordinates(
                place.needed("name").text() + country,
                place.needed("latitude").number(),
                place.needed("longitude").number());
    }

    @Override
    public Report report(Coordinates spot, ReadingListener listener) {
        HttpUrl url = forecast.newBuilder()
                .addPathSegments("v1/forecast")
                .addQueryParameter("latitude", Double.toString(spot.latitude()))
                .addQueryParameter("longitude", Double.toString(spot.longitude()))
                .addQueryParameter("current", VALUES)
                .addQueryParameter("wind_speed_unit", "ms")
                .addQueryParameter("timezone", "auto")
                .build();
        Answer current = asked(url, listener).needed("current");
        boolean night = current.needed("is_day").whole() == 0;
        int code = current.needed("weather_code").whole();
        return new Report(
                Sky.ofWmo(code, night),
                WmoCodes.inWords(code),
                night,
                current.needed("temperature_2m").number(),
                current.part("apparent_temperature").map(Answer::number).orElse(null),
                current.part("relative_humidity_2m").map(Answer::number).orElse(null),
                current.part("cloud_cover").map(Answer::number).orElse(null),
                current.part("wind_speed_10m").map(Answer::number).orElse(null));
    }

    private Answer asked(HttpUrl url, ReadingListener listener) {
        RetryingHttpClient.Reply reply = calls.get(url, NAME, listener);
        if (reply.status() == OK) {
            return Answer.of(reply.body(), NAME);
        }
        throw new AtelierException(
                SERVICE_UNREACHABLE, "Open-Meteo refuses the request (%d)%s.".formatted(reply.status(), reason(reply)));
    }

    /** What it says of a status of 400. */
    private static String reason(RetryingHttpClient.Reply reply) {
        if (!reply.body().startsWith("{")) {
            return "";
        }
        return Answer.of(reply.body(), NAME)
                .part("reason")
                .map(reason -> ": " + reason.text())
                .orElse("");
    }
}
