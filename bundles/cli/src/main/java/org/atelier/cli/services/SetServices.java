package org.atelier.cli.services;

import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.Studio;
import org.atelier.api.set.StyleCards;

/**
 * The services that make sets of requests.
 *
 * @param studio resolves and generates
 * @param format requests as files
 * @param cards style cards, which a request may begin with
 * @param kinds which contexts are files
 * @param presets what a strength means to a strategy
 */
public record SetServices(
        Studio studio, RequestFormat format, StyleCards cards, ContextKinds kinds, StrengthPresets presets) {}
