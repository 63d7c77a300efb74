package org.atelier.api.set;

import java.util.List;

/**
 * The hand of an earlier set, kept in a file so that later sets can be generated in it.
 *
 * @param file where it lies, and what it is
 * @param version of the Atelier that wrote it
 * @param model the name that the model had
 * @param modelIdentity what tells the model from every other, 64 hexadecimal digits
 * @param first what the first set was generated from, nothing left open
 * @param trajectories how many references the card holds the latents of; none where image 0 is generated again
 */
public record StyleCard(
        StyleCardFile file, String version, String model, String modelIdentity, SetRequest first, int trajectories) {

    /** A request in this hand, to be given prompts: what the hand is made of is settled, seed and machine are open. */
    public SetRequest hand() {
        return first.but()
                .card(file)
                .items(List.of())
                .seed(null)
                .chunk(null)
                .device(null)
                .build();
    }
}
