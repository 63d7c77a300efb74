package org.atelier.studio.card;

import java.util.Optional;
import org.atelier.api.set.StyleCard;
import org.atelier.diffusion.sampling.ReferenceTrajectories;

/**
 * A style card with what it holds.
 *
 * @param card what it says
 * @param trajectories of its references; empty where the first set followed its own first image
 */
public record OpenedCard(StyleCard card, Optional<ReferenceTrajectories> trajectories) {}
