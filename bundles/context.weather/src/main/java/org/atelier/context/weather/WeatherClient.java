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

/** Requests the weather from the configured service and caches it; shared by all sets. */
@Designate(ocd = Servers.class)
@Component(
        service = WeatherClient.class,
        name = "org.atelier.context.weather",
        immediate = true) // retains the cache between sets
public final class WeatherClient {

    /** A place, its weather and the source. */
    record Result(Coordinates coordinates, Report report, String origin) {}

    /** URLs of the servers. */
    record Addresses(String openWeather, String openMeteo, String openMeteoGeocoding) {}

    /** A service and the requested place. */
    private record CacheKey<Q>(String service, Q what) {}

    /** The state that is replaced when the operator changes the configuration. */
    private record Configuration(
            Addresses addresses,
            Supplier<Optional<ApiKey>> key,
            TtlCache<CacheKey<Place.Town>, Coordinates> coordinates,
            TtlCache<CacheKey<Coordinates>, Report> reports) {

        static Configuration of(Servers servers, Clock clock) {
            return of(
                    new Addresses(servers.openWeather(), servers.openMeteo(), servers.openMeteoGeocoding()),
                    () -> ApiKey.find(System::getenv, servers.keyFile()),
                    Duration.ofMinutes(servers.minutesToKeep()),
                    clock);
        }

        static Configuration of(Addresses addresses, Supplier<Optional<ApiKey>> key, Duration timeToLive, Clock clock) {
            return new Configuration(
                    addresses, key, new TtlCache<>(timeToLive, clock), new TtlCache<>(timeToLive, clock));
        }

        /** Returns OpenWeather if there is a key, else Open-Meteo. */
        WeatherService service(RetryingHttpClient client) {
            return key.get()
                    .<WeatherService>map(found -> new OpenWeather(server(addresses.openWeather()), found, client))
                    .orElseGet(() -> new OpenMeteo(
                            server(addresses.openMeteo()), server(addresses.openMeteoGeocoding()), client));
        }
    }

    private final Clock clock;
    private final RetryingHttpClient client;
    private volatile Configuration configuration;

    /** @param servers configured by the operator */
    @Activate
    public WeatherClient(Servers servers) {
        this.clock = Clock.systemUTC();
        this.client = new RetryingHttpClient(
                RetryPolicy.DEFAULT,
                new CancellablePause(),
                () -> ThreadLocalRandom.current().nextDouble(),
                clock);
        this.configuration = Configuration.of(servers, clock);
    }

    WeatherClient(
            Addresses addresses,
            Supplier<Optional<ApiKey>> key,
            Duration timeToLive,
            Clock clock,
            RetryingHttpClient client) {
        this.clock = clock;
        this.client = client;
        this.configuration = Configuration.of(addresses, key, timeToLive, clock);
    }

    /** Replaces the configuration; running requests continue with the old one. */
    @Modified
    void configure(Servers servers) {
        configuration = Configuration.of(servers, clock);
    }

    @Deactivate
    void close() {
        client.close();
    }

    /** Validates the key and the URLs without sending a request. */
    void check() {
        configuration.service(client);
    }

    /**
     * Returns the current weather of a place, which may be cached.
     *
     * @throws AtelierException if the place is unknown or the service does not respond
     */
    Result fetch(Place place, ReadingListener listener) {
        Configuration current = configuration;
        WeatherService service = current.service(client);
        Coordinates coordinates = coordinates(place, current, service, listener);
        Coordinates rounded = coordinates.rounded();
        Report report = current.reports()
                .get(new CacheKey<>(service.origin(), rounded), () -> service.report(rounded, listener));
        return new Result(coordinates, report, service.origin());
    }

    private static Coordinates coordinates(
            Place place, Configuration current, WeatherService service, ReadingListener listener) {
        if (place instanceof Place.Town town) {
            return current.coordinates()
                    .get(new CacheKey<>(service.origin(), town), () -> service.find(town, listener));
        }
        Place.Coordinates coordinates = (Place.Coordinates) place;
        return new Coordinates("", coordinates.latitude(), coordinates.longitude());
    }

    private static HttpUrl server(String url) {
        HttpUrl server = HttpUrl.parse(url);
        if (server == null) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The weather server '%s' is not a valid http or https URL; correct config/org.atelier.context.weather.cfg."
                            .formatted(url));
        }
        return server;
    }
}
