package org.atelier.studio.card;

import java.nio.file.Path;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;
import org.osgi.service.component.annotations.Component;

/** Style cards as Atelier writes them: a zip of what they say, their trajectories and a picture. */
@Component
public final class ZippedStyleCards implements StyleCards {

    @Override
    public boolean isCard(Path file) {
        return CardArchive.isZip(file);
    }

    @Override
    public StyleCard read(Path file) {
        return CardReader.read(file).card();
    }
}
