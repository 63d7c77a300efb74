package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Knows whom to ask for the weather, and for a while what was answered; one for all sets. */
@Designate(ocd = Servers.class)
@Component(service = WeatherClient.class, name = "org.atelier.context.weather", immediate = true) // keeps between sets
public final class WeatherClient {

    /** A place, its weather, and who says so. */
    record Found(Coordinates spot, Report report, String origin) {}

    /** URLs of the servers. */
    record Addresses(String openWeather, String openMeteo, String openMeteoGeocoding) {}

    /** Who was asked for what. */
    private record Question<Q>(String service, Q what) {}

    /** What changes when the operator changes the configuration. */
    private record Counter(
            Addresses addresses,
            Supplier<Optional<ApiKey>> key,
            TtlCache<Question<Place.Town>, Coordinates> spots,
            TtlCache<Question<Coordinates>, Report> reports) {

        static Counter of(Servers servers, Clock clock) {
            return of(
                    new Addresses(servers.openWeather(), servers.openMeteo(), servers.openMeteoGeocoding()),
                    () -> ApiKey.find(System::getenv, servers.keyFile()),
                    Duration.ofMinutes(servers.minutesToKeep()),
                    clock);
        }

        static Counter of(Addresses addresses, Supplier<Optional<ApiKey>> key, Duration life, Clock clock) {
            return new Counter(addresses, key, new TtlCache<>(life, clock), new TtlCache<>(life, clock));
        }

        /** OpenWeather where there is a key, else Open-Meteo. */
        WeatherService service(RetryingHttpClient calls) {
            return key.get()
                    .<WeatherService>map(found -> new OpenWeather(server(addresses.openWeather()), found, calls))
                    .orElseGet(() -> new OpenMeteo(
                            server(addresses.openMeteo()), server(addresses.openMeteoGeocoding()), calls));
        }
    }

    private final Clock clock;
    private final RetryingHttpClient calls;
    private volatile Counter counter;

    /** @param servers the operator's */
    @Activate
    public WeatherClient(Servers servers) {
        this.clock = Clock.systemUTC();
        this.calls = new RetryingHttpClient(
                RetryPolicy.USUAL,
                new AttentivePause(),
                () -> ThreadLocalRandom.current().nextDouble(),
                clock);
        this.counter = Counter.of(servers, clock);
    }

    WeatherClient(
            Addresses addresses, Supplier<Optional<ApiKey>> key, Duration life, Clock clock, RetryingHttpClient calls) {
        this.clock = clock;
        this.calls = calls;
        this.counter = Counter.of(addresses, key, life, clock);
    }

    /** Sets that are under way go on. */
    @Modified
    void configure(Servers servers) {
        counter = Counter.of(servers, clock);
    }

    @Deactivate
    void close() {
        calls.close();
    }

    /** Refuses a key that cannot be had and servers that are none, before anyone is asked. */
    void check() {
        counter.service(calls);
    }

    /**
     * The weather of a place, now or a few minutes ago.
     *
     * @throws AtelierException if the place is not known or the service does not answer
     */
    Found ask(Place place, ReadingListener listener) {
        Counter open = counter;
        WeatherService service = open.service(calls);
        Coordinates spot = spot(place, open, service, listener);
        Coordinates near = spot.rounded();
        Report report =
                open.reports().get(new Question<>(service.origin(), near), () -> service.report(near, listener));
        return new Found(spot, report, service.origin());
    }

    private static Coordinates spot(Place place, Counter open, WeatherService service, ReadingListener listener) {
        if (place instanceof Place.Town town) {
            return open.spots().get(new Question<>(service.origin(), town), () -> service.find(town, listener));
        }
        Place.Coordinates coordinates = (Place.Coordinates) place;
        return new Coordinates("", coordinates.latitude(), coordinates.longitude());
    }

    private static HttpUrl server(String url) {
        HttpUrl server = HttpUrl.parse(url);
        if (server == null) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The weather's server '%s' is no URL of http or https; correct config/org.atelier.context.weather.cfg."
                            .formatted(url));
        }
        return server;
    }
}
