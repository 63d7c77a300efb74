package org.atelier.api.set;

import java.util.List;
import org.atelier.api.region.Regions;

/**
 * The style of an earlier set, stored in a file so that later sets can use it.
 *
 * @param file the card's path and hash
 * @param version of the Atelier that wrote it
 * @param model name of the model
 * @param modelIdentity fingerprint of the model, 64 hexadecimal digits
 * @param request the resolved request of the earlier set
 * @param trajectories number of references whose latents the card contains; 0 if image 0 is generated again
 */
public record StyleCard(
        StyleCardFile file, String version, String model, String modelIdentity, SetRequest request, int trajectories) {

    /**
     * A request in this style without prompts: the settings of the style are resolved; seed, chunk and device are
     * unset, and no image starts from a picture or has regions.
     */
    public SetRequest newRequest() {
        return request.toBuilder()
                .card(file)
                .items(List.of())
                .initImages(List.of())
                .denoise(null)
                .masks(List.of())
                .maskBlur(InitImages.DEFAULT.maskBlur())
                .regions(List.of())
                .regionBootstrapping(Regions.DEFAULT.bootstrapping())
                .seed(null)
                .chunk(null)
                .device(null)
                .build();
    }
}
