package org.atelier.requests;

import java.nio.file.Path;
import java.util.Set;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;

/** What a reader of requests asks of other bundles: which contexts are files; and no style card is here. */
final class FileKinds {

    /** Which kinds would be files, were all plugins here. */
    static final ContextKinds KINDS = Set.of("picture", "speech", "music")::contains;

    private FileKinds() {}

    static RequestFiles format() {
        return new RequestFiles(KINDS, new NoCards());
    }

    private static final class NoCards implements StyleCards {

        @Override
        public boolean isCard(Path file) {
            return false;
        }

        @Override
        public StyleCard read(Path file) {
            throw new IllegalStateException("no style card is here");
        }
    }
}
