package org.atelier.cli.commands;

import java.nio.file.Path;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;

/** Reads the same card from every file with the extension. */
record FakeStyleCards(StyleCard card) implements StyleCards {

    @Override
    public boolean isCard(Path file) {
        return file.toString().endsWith(".style");
    }

    @Override
    public StyleCard read(Path file) {
        return card;
    }
}
