package org.atelier.context.weather;

import java.util.EnumMap;
import java.util.Map;

/** The phrase that each sky adds to the prompts; empty for none. */
record SkyPhrases(Map<Sky, String> bySky) {

    SkyPhrases {
        bySky = Map.copyOf(bySky);
    }

    static SkyPhrases of(Phrases phrases) {
        Map<Sky, String> bySky = new EnumMap<>(Sky.class);
        bySky.put(Sky.SUN, phrases.sun());
        bySky.put(Sky.CLEAR_NIGHT, phrases.clearNight());
        bySky.put(Sky.FEW_CLOUDS, phrases.fewClouds());
        bySky.put(Sky.FEW_CLOUDS_AT_NIGHT, phrases.fewCloudsAtNight());
        bySky.put(Sky.CLOUDS, phrases.clouds());
        bySky.put(Sky.FOG, phrases.fog());
        bySky.put(Sky.DUST, phrases.dust());
        bySky.put(Sky.DRIZZLE, phrases.drizzle());
        bySky.put(Sky.RAIN, phrases.rain());
        bySky.put(Sky.SLEET, phrases.sleet());
        bySky.put(Sky.SNOW, phrases.snow());
        bySky.put(Sky.THUNDER, phrases.thunder());
        bySky.put(Sky.STORM, phrases.storm());
        return new SkyPhrases(bySky);
    }

    String of(Sky sky) {
        return bySky.getOrDefault(sky, "").strip();
    }
}
