package org.atelier.context.weather;

import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** A public weather service. */
interface WeatherService {

    /** The source of the text, as shown to users. */
    String origin();

    /**
     * Returns the coordinates of a town.
     *
     * @throws AtelierException if the service does not know the town or does not respond
     */
    Coordinates find(Place.Town town, ReadingListener listener);

    /**
     * Returns the current weather.
     *
     * @throws AtelierException if the service does not respond
     */
    Report report(Coordinates coordinates, ReadingListener listener);
}
