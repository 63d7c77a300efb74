package org.atelier.context.weather;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The phrase added to prompts for each kind of sky; the defaults are in sketchbook's vocabulary. */
@ObjectClassDefinition(
        name = "Weather phrases",
        description = "The phrase added to prompts for each kind of sky; empty for none.")
public @interface Phrases {

    @AttributeDefinition(name = "Sun", description = "A clear sky by day.")
    String sun() default "sunny weather";

    @AttributeDefinition(name = "Clear night", description = "A clear sky at night.")
    String clearNight() default "clear night";

    @AttributeDefinition(name = "Few clouds", description = "Clouds on at most half of the sky, by day.")
    String fewClouds() default "sunny weather";

    @AttributeDefinition(name = "Few clouds at night", description = "Clouds on at most half of the sky, at night.")
    String fewCloudsAtNight() default "clear night";

    @AttributeDefinition(
            name = "Clouds",
            description =
                    "Clouds on more than half of the sky; in sketchbook's vocabulary, fog is closest to grey light.")
    String clouds() default "foggy weather";

    @AttributeDefinition(name = "Fog", description = "Fog, mist or haze.")
    String fog() default "foggy weather";

    @AttributeDefinition(name = "Dust", description = "Smoke, dust, sand or ash in the air.")
    String dust() default "foggy weather";

    @AttributeDefinition(name = "Drizzle", description = "Fine rain.")
    String drizzle() default "rainy weather";

    @AttributeDefinition(name = "Rain", description = "Rain, including showers and freezing rain.")
    String rain() default "rainy weather";

    @AttributeDefinition(name = "Sleet", description = "Rain and snow together.")
    String sleet() default "snowy weather";

    @AttributeDefinition(name = "Snow", description = "Snow, including showers.")
    String snow() default "snowy weather";

    @AttributeDefinition(name = "Thunder", description = "A thunderstorm.")
    String thunder() default "rainy weather";

    @AttributeDefinition(name = "Storm", description = "Squalls or a tornado.")
    String storm() default "rainy weather";
}
