package org.atelier.studio.card;

import java.nio.file.Path;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;
import org.atelier.studio.input.InputFiles;
import org.atelier.studio.input.InputKind;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads style cards: ZIP archives of a description, trajectories and a preview. */
@Component
public final class ZippedStyleCards implements StyleCards {

    private final Path inputFolder;

    @Activate
    public ZippedStyleCards(BundleContext context) {
        this(InputFiles.folderOf(context));
    }

    private ZippedStyleCards(Path inputFolder) {
        this.inputFolder = inputFolder;
    }

    /** @param inputFolder the folder for the copy of a card while it is read */
    public static ZippedStyleCards in(Path inputFolder) {
        return new ZippedStyleCards(inputFolder);
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
