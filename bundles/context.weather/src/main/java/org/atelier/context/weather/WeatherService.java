package org.atelier.context.weather;

import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** A public service that knows places and their weather. */
interface WeatherService {

    /** What a user reads as the source of the words. */
    String origin();

    /**
     * Where a town is.
     *
     * @throws AtelierException if the service does not know it, or does not answer
     */
    Coordinates find(Place.Town town, ReadingListener listener);

    /**
     * The weather now.
     *
     * @throws AtelierException if the service does not answer
     */
    Report report(Coordinates spot, ReadingListener listener);
}
