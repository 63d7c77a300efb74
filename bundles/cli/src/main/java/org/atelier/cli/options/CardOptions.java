package org.atelier.cli.options;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCards;
import picocli.CommandLine.Option;

/** The hand of a set, kept in a file for later sets. */
public final class CardOptions {

    @Option(
            names = "--save-style",
            paramLabel = "FILE",
            description = "Keeps the set's hand in a style card, a new file; later sets follow it with --style-card.")
    private Path saved;

    @Option(
            names = "--style-card",
            paramLabel = "FILE",
            description =
                    "Generates in the hand of an earlier set. What the hand is made of comes from the card; a prompt of"
                            + " that set gives its image again.")
    private Path followed;

    /**
     * The request that a card begins, if one is given.
     *
     * @param otherRequest whether a request file is given too
     */
    Optional<SetRequest> hand(StyleCards cards, Path folder, boolean otherRequest) {
        if (followed != null && otherRequest) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "Both --style-card and --request say how to generate; name the card in the request file"
                            + " (\"card\": {\"file\": \"" + followed.getFileName() + "\"}), or leave one of them out.");
        }
        return Optional.ofNullable(followed)
                .map(card -> cards.read(folder.resolve(card)).newRequest());
    }

    /** Where to keep the set's hand; {@code null} for nowhere. */
    public Path saved(Path folder) {
        return saved == null ? null : folder.resolve(saved);
    }
}
