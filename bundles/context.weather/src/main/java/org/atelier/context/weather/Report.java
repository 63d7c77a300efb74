package org.atelier.context.weather;

/**
 * The weather somewhere, now.
 *
 * @param sky what decides the phrase
 * @param description as the service has it: {@code light rain}
 * @param night whether the sun is down
 * @param temperature degrees Celsius
 * @param feelsLike degrees Celsius; {@code null} where it is not told
 * @param humidity percent; {@code null} where it is not told
 * @param cloudiness percent of the sky; {@code null} where it is not told
 * @param wind metres a second; {@code null} where it is not told
 */
record Report(
        Sky sky,
        String description,
        boolean night,
        double temperature,
        Double feelsLike,
        Double humidity,
        Double cloudiness,
        Double wind) {}
