package org.atelier.cli.services;

import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetAssembler;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.Studio;
import org.atelier.api.set.StyleCards;

/**
 * The services for requests and sets.
 *
 * @param studio resolves and generates
 * @param assembler joins slices of a set
 * @param format reads and writes requests
 * @param cards reads style cards
 * @param kinds tells which context kinds read files
 * @param presets the attention options of each strength
 */
public record SetServices(
        Studio studio,
        SetAssembler assembler,
        RequestFormat format,
        StyleCards cards,
        ContextKinds kinds,
        StrengthPresets presets) {}
