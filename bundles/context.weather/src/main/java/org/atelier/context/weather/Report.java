package org.atelier.context.weather;

/**
 * The current weather at a place.
 *
 * @param sky determines the phrase
 * @param description the service's description: {@code light rain}
 * @param night whether it is night
 * @param temperature degrees Celsius
 * @param feelsLike degrees Celsius; {@code null} if not reported
 * @param humidity percent; {@code null} if not reported
 * @param cloudiness percent of the sky; {@code null} if not reported
 * @param wind metres per second; {@code null} if not reported
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
