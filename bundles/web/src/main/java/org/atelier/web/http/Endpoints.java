package org.atelier.web.http;

import java.util.List;

/** A servlet whose routes {@code /v1/capabilities} lists beside those of Atelier's own API. */
public interface Endpoints {

    /** Everything that the servlet answers. */
    List<? extends ApiRoute> routes();
}
