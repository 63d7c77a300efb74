package org.atelier.studio;

import java.util.Optional;
import org.atelier.api.set.StyleCard;
import org.atelier.diffusion.Trajectories;

/**
 * A style card with what it holds.
 *
 * @param card what it says
 * @param trajectories of its references; empty where the first set followed its own first picture
 */
record OpenedCard(StyleCard card, Optional<Trajectories> trajectories) {}
