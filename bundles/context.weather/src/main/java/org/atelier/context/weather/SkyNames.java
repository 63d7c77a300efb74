package org.atelier.context.weather;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Words for the skies that a user can give. */
final class SkyNames {

    /** One word for each sky, in the order of messages. */
    private static final Map<String, Sky> NAMES = names();

    private static final Map<String, Sky> SYNONYMS = synonyms();

    private SkyNames() {}

    private static Map<String, Sky> names() {
        Map<String, Sky> names = new LinkedHashMap<>();
        names.put("sun", Sky.SUN);
        names.put("clear night", Sky.CLEAR_NIGHT);
        names.put("few clouds", Sky.FEW_CLOUDS);
        names.put("clouds", Sky.CLOUDS);
        names.put("fog", Sky.FOG);
        names.put("dust", Sky.DUST);
        names.put("drizzle", Sky.DRIZZLE);
        names.put("rain", Sky.RAIN);
        names.put("sleet", Sky.SLEET);
        names.put("snow", Sky.SNOW);
        names.put("thunder", Sky.THUNDER);
        names.put("storm", Sky.STORM);
        return Collections.unmodifiableMap(names);
    }

    private static Map<String, Sky> synonyms() {
        Map<String, Sky> synonyms = new TreeMap<>();
        synonyms.put("sunny", Sky.SUN);
        synonyms.put("clear", Sky.SUN);
        synonyms.put("clear sky", Sky.SUN);
        synonyms.put("night", Sky.CLEAR_NIGHT);
        synonyms.put("partly cloudy", Sky.FEW_CLOUDS);
        synonyms.put("cloudy", Sky.CLOUDS);
        synonyms.put("overcast", Sky.CLOUDS);
        synonyms.put("foggy", Sky.FOG);
        synonyms.put("mist", Sky.FOG);
        synonyms.put("misty", Sky.FOG);
        synonyms.put("haze", Sky.FOG);
        synonyms.put("smoke", Sky.DUST);
        synonyms.put("sand", Sky.DUST);
        synonyms.put("rainy", Sky.RAIN);
        synonyms.put("showers", Sky.RAIN);
        synonyms.put("snowy", Sky.SNOW);
        synonyms.put("thunderstorm", Sky.THUNDER);
        synonyms.put("stormy", Sky.STORM);
        synonyms.put("squalls", Sky.STORM);
        synonyms.put("tornado", Sky.STORM);
        return Collections.unmodifiableMap(synonyms);
    }

    /** The sky of a word in any letter case, with or without "weather" after it. */
    static Optional<Sky> find(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replaceFirst("\\s+weather$", "");
        return Optional.ofNullable(NAMES.get(word)).or(() -> Optional.ofNullable(SYNONYMS.get(word)));
    }

    /** One word for each sky. */
    static Set<String> known() {
        return NAMES.keySet();
    }
}
