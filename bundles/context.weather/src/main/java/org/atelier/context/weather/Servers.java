package org.atelier.context.weather;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who is asked for the weather: the operator's to say, never a request's, for a key goes there. */
@ObjectClassDefinition(name = "Weather services", description = "Who is asked for the weather of a place, and how.")
public @interface Servers {

    @AttributeDefinition(
            name = "OpenWeather",
            description =
                    "Its server, asked where there is a key: in the environment's OPENWEATHER_API_KEY or in a file.")
    String openWeather() default "https://api.openweathermap.org";

    @AttributeDefinition(
            name = "File of the key",
            description = "Holds OpenWeather's key and nothing else; only its owner may read it.")
    String keyFile() default "";

    @AttributeDefinition(name = "Open-Meteo", description = "Its forecast server, asked where there is no key.")
    String openMeteo() default "https://api.open-meteo.com";

    @AttributeDefinition(name = "Open-Meteo's geocoding", description = "Its server that knows where towns are.")
    String openMeteoGeocoding() default "https://geocoding-api.open-meteo.com";

    @AttributeDefinition(
            name = "Minutes to keep",
            description = "How long an answer serves for the same place, to about a kilometre.",
            min = "0",
            max = "1440")
    int minutesToKeep() default 10;
}
