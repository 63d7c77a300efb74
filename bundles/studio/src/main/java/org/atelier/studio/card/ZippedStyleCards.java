package org.atelier.studio.card;

import java.nio.file.Path;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;
import org.atelier.studio.input.InputFiles;
import org.atelier.studio.input.InputKind;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Style cards as Atelier writes them: a zip of what they say, their trajectories and an image. */
@Component
public final class ZippedStyleCards implements StyleCards {

    private final Path inputFolder;

    @Activate
    public ZippedStyleCards(BundleContext context) {
        this(InputFiles.folderOf(context));
    }

    /** @param inputFolder in which a copy of a card lies while it is read */
    public ZippedStyleCards(Path inputFolder) {
        this.inputFolder = inputFolder;
    }

    @Override
    public boolean isCard(Path file) {
        return CardArchive.isZip(file);
    }

    @Override
    public StyleCard read(Path file) {
        try (InputFiles inputs = new InputFiles(inputFolder)) {
            return CardReader.read(inputs.read(file, InputKind.STYLE_CARD)).card();
        }
    }
}
