package org.atelier.explain;

import org.atelier.api.set.SetRequest;

/**
 * A set that is generated for the page.
 *
 * @param name of its folder
 * @param title for rows and for the progress
 * @param request what is generated
 */
record PlannedSet(String name, String title, SetRequest request) {}
