package org.atelier.web.http;

import java.util.List;

/** The endpoints that a servlet adds to those of Atelier's own API. */
public interface Endpoints {

    /** Each as a method and a path: {@code POST /v1/images/generations}. */
    List<String> endpoints();
}
