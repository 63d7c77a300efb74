package org.atelier.context.weather;

/**
 * The current weather at a place.
 *
 * @param condition what the sky looks like
 * @param temperature degrees Celsius
 * @param feelsLike degrees Celsius; {@code null} if not reported
 * @param humidity percent; {@code null} if not reported
 * @param cloudiness percent of the sky; {@code null} if not reported
 * @param wind metres per second; {@code null} if not reported
 */
record Report(
        Condition condition, double temperature, Double feelsLike, Double humidity, Double cloudiness, Double wind) {}
