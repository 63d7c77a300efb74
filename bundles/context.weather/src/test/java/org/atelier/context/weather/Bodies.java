package org.atelier.context.weather;

import java.util.Locale;

/** Responses of the services, from their documentation. */
final class Bodies {

    /** OpenWeather's geocoding. */
    static final String BERGEN = """
            [{"name":"Bergen","local_names":{"no":"Bergen"},"lat":60.3943055,"lon":5.3259192,"country":"NO","state":"Vestland"}]""";

    /** Open-Meteo's geocoding: towns with the same name. */
    static final String BERGENS = """
            {"results":[
             {"id":2950622,"name":"Bergen","latitude":52.80862,"longitude":9.96372,"country_code":"DE","admin1":"Lower Saxony","country":"Germany"},
             {"id":3161732,"name":"Bergen","latitude":60.39299,"longitude":5.32415,"country_code":"NO","admin1":"Vestland","country":"Norway"}],
             "generationtime_ms":0.9}""";

    private Bodies() {}

    /** OpenWeather's current weather. */
    static String openWeather(int id, String description, boolean night) {
        return String.format(Locale.ROOT, """
                {"coord":{"lon":5.33,"lat":60.39},
                 "weather":[{"id":%d,"main":"Some","description":"%s","icon":"10%s"}],
                 "base":"stations","main":{"temp":7.24,"feels_like":4.1,"temp_min":6.9,"pressure":1002,"humidity":93},
                 "visibility":10000,"wind":{"speed":5.14,"deg":160},"rain":{"1h":0.36},"clouds":{"all":75},
                 "dt":1726660758,"sys":{"country":"NO","sunrise":1726636384},"timezone":7200,"name":"Bergen","cod":200}""", id, description, night ? "n" : "d");
    }

    /** Open-Meteo's forecast. */
    static String openMeteo(int code, boolean night) {
        return String.format(Locale.ROOT, """
                {"latitude":60.4,"longitude":5.3,"utc_offset_seconds":7200,"timezone":"Europe/Oslo",
                 "current_units":{"temperature_2m":"°C"},
                 "current":{"time":"2026-11-21T12:00","interval":900,"temperature_2m":-1.5,"apparent_temperature":-6.0,
                  "relative_humidity_2m":81,"is_day":%d,"weather_code":%d,"cloud_cover":40,"wind_speed_10m":3.2}}""", night ? 0 : 1, code);
    }
}
