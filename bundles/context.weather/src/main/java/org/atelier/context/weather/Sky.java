package org.atelier.context.weather;

/** The appearance of the sky. */
enum Sky {
    /** A clear sky by day. */
    SUN,
    /** A clear sky at night. */
    CLEAR_NIGHT,
    /** Clouds on at most half of the sky, by day. */
    FEW_CLOUDS,
    /** Clouds on at most half of the sky, at night. */
    FEW_CLOUDS_AT_NIGHT,
    /** Clouds on more than half of the sky, by day or night. */
    CLOUDS,
    /** Fog, mist or haze. */
    FOG,
    /** Smoke, dust, sand or ash. */
    DUST,
    /** Fine rain. */
    DRIZZLE,
    /** Rain, including showers and freezing rain. */
    RAIN,
    /** Rain and snow together. */
    SLEET,
    /** Snow, including showers. */
    SNOW,
    /** A thunderstorm. */
    THUNDER,
    /** Squalls or a tornado. */
    STORM,
    /** An unknown code. */
    OTHER;

    /**
     * Converts a condition of OpenWeather.
     *
     * @param id from 200 to 804; openweathermap.org/weather-conditions
     */
    static Sky ofOpenWeather(int id, boolean night) {
        return switch (id) {
            case 611, 612, 613, 615, 616 -> SLEET;
            case 701, 721, 741 -> FOG;
            case 711, 731, 751, 761, 762 -> DUST;
            case 771, 781 -> STORM;
            case 800 -> clear(night);
            case 801, 802 -> fewClouds(night);
            case 803, 804 -> CLOUDS;
            default ->
                switch (id / 100) {
                    case 2 -> THUNDER;
                    case 3 -> DRIZZLE;
                    case 5 -> RAIN;
                    case 6 -> SNOW;
                    default -> OTHER;
                };
        };
    }

    /**
     * Converts a WMO weather interpretation code.
     *
     * @param code from 0 to 99; WMO table 4677, of which Open-Meteo uses 28
     */
    static Sky ofWmo(int code, boolean night) {
        return switch (code) {
            case 0 -> clear(night);
            case 1, 2 -> fewClouds(night);
            case 3 -> CLOUDS;
            case 45, 48 -> FOG;
            case 51, 53, 55, 56, 57 -> DRIZZLE;
            case 61, 63, 65, 66, 67, 80, 81, 82 -> RAIN;
            case 71, 73, 75, 77, 85, 86 -> SNOW;
            case 95, 96, 99 -> THUNDER;
            default -> OTHER;
        };
    }

    private static Sky clear(boolean night) {
        return night ? CLEAR_NIGHT : SUN;
    }

    private static Sky fewClouds(boolean night) {
        return night ? FEW_CLOUDS_AT_NIGHT : FEW_CLOUDS;
    }
}
