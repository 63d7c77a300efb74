package org.atelier.studio.card;

import java.util.Optional;
import org.atelier.api.set.StyleCard;
import org.atelier.diffusion.sampling.ReferenceTrajectories;

/**
 * A style card and its trajectories.
 *
 * @param card the description of the card
 * @param trajectories of its references; empty if image 0 of the first set was its reference
 */
public record OpenedCard(StyleCard card, Optional<ReferenceTrajectories> trajectories) {}
