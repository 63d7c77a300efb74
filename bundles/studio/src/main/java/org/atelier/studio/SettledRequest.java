package org.atelier.studio;

import org.atelier.api.set.SetRequest;
import org.atelier.models.ModelFolder;

/**
 * A request with nothing left open, and the model that it names.
 *
 * @param request every value settled and checked
 * @param model opened, its weights not loaded
 */
record SettledRequest(SetRequest request, ModelFolder model) {}
