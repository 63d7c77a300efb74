package org.atelier.context.weather;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The servers of the weather services. Only the operator configures them, not a request, because they receive the API key. */
@ObjectClassDefinition(name = "Weather services", description = "The services that provide the weather of a place.")
public @interface Servers {

    @AttributeDefinition(
            name = "OpenWeather",
            description = "The URL of OpenWeather, used if there is a key in the environment variable"
                    + " OPENWEATHER_API_KEY or in a file.")
    String openWeather() default "https://api.openweathermap.org";

    @AttributeDefinition(
            name = "Key file",
            description = "A file that contains only OpenWeather's key and is readable by its owner only.")
    String keyFile() default "";

    @AttributeDefinition(
            name = "Open-Meteo",
            description = "The URL of Open-Meteo's forecast, used if there is no key.")
    String openMeteo() default "https://api.open-meteo.com";

    @AttributeDefinition(name = "Open-Meteo geocoding", description = "The URL of Open-Meteo's geocoding.")
    String openMeteoGeocoding() default "https://geocoding-api.open-meteo.com";

    @AttributeDefinition(
            name = "Cache duration",
            description = "Minutes for which the weather of a place, to about a kilometre, is cached.",
            min = "0",
            max = "1440")
    int minutesToKeep() default 10;
}
