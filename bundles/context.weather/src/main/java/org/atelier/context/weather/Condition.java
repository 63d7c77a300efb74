package org.atelier.context.weather;

import java.util.List;
import java.util.Optional;

/**
 * What the sky looks like.
 *
 * @param sky determines the phrase
 * @param description the service's description: {@code light rain}
 * @param night whether it is night
 */
record Condition(Sky sky, String description, boolean night) {

    /** That of OpenWeather's current weather; empty if it has none. */
    static Optional<Condition> ofOpenWeather(JsonReply weather) {
        List<JsonReply> conditions = weather.required("weather").elements();
        return conditions.stream().findFirst().map(condition -> {
            boolean night =
                    condition.optional("icon").map(JsonReply::text).orElse("").endsWith("n");
            return new Condition(
                    Sky.ofOpenWeather(condition.required("id").integer(), night),
                    condition.required("description").text(),
                    night);
        });
    }

    /** That of the member {@code current} of Open-Meteo's forecast; it is day if {@code is_day} is missing. */
    static Condition ofOpenMeteo(JsonReply current) {
        boolean night = current.optional("is_day").map(JsonReply::integer).orElse(1) == 0;
        int code = current.required("weather_code").integer();
        return new Condition(Sky.ofWmo(code, night), WmoCodes.describe(code), night);
    }

    /** {@code night} or {@code day}. */
    String light() {
        return night ? "night" : "day";
    }
}
