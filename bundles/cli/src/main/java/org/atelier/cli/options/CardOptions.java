package org.atelier.cli.options;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCards;
import picocli.CommandLine.Option;

/** The options of style cards, files that store the style of a set for later sets. */
public final class CardOptions {

    @Option(
            names = "--save-style",
            paramLabel = "FILE",
            description = "Saves the set's style to a new file, a style card, for use with --style-card.")
    private Path saved;

    @Option(
            names = "--style-card",
            paramLabel = "FILE",
            description = "Generates in the style of an earlier set. The settings that define the style come from the"
                    + " card; a prompt of the earlier set reproduces its image.")
    private Path followed;

    /**
     * Returns the request to start from, if a card is given.
     *
     * @param hasRequestFile whether a request file is given too
     */
    Optional<SetRequest> base(StyleCards cards, Path folder, boolean hasRequestFile) {
        if (followed != null && hasRequestFile) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "--style-card cannot be combined with --request; name the card in the request file"
                            + " (\"card\": {\"file\": \"" + followed.getFileName()
                            + "\"}), or omit one of the options.");
        }
        return Optional.ofNullable(followed)
                .map(card -> cards.read(folder.resolve(card)).newRequest());
    }

    boolean isSaved() {
        return saved != null;
    }

    /** The style card to write; {@code null} for none. */
    public Path saved(Path folder) {
        return saved == null ? null : folder.resolve(saved);
    }
}
