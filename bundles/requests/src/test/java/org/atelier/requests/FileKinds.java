package org.atelier.requests;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.api.set.StyleCards;

/**
 * What a reader of requests asks of other bundles: which contexts are files, which strengths the attention {@code shared}
 * has; and a style card wherever one is named.
 */
final class FileKinds {

    /** Which kinds would be files, were all plugins here. */
    static final ContextKinds KINDS = Set.of("picture", "speech", "music")::contains;

    /** What every style card was generated from. */
    static final SetRequest FIRST = SetRequest.builder()
            .prompts("a lighthouse")
            .style("linocut")
            .seed(3L)
            .attentionOption("score-scale", 1.0)
            .attentionOption("level", 0.0)
            .attentionOption("adain-values", true)
            .build();

    private FileKinds() {}

    static RequestFiles format() {
        return new RequestFiles(KINDS, new OneCard(), new Presets());
    }

    private static final class OneCard implements StyleCards {

        @Override
        public boolean isCard(Path file) {
            return true;
        }

        @Override
        public StyleCard read(Path file) {
            return new StyleCard(new StyleCardFile(file.toString(), null), "1.0.0", "sketchbook", "abcdef", FIRST, 0);
        }
    }

    private static final class Presets implements StrengthPresets {

        @Override
        public List<String> strengths(String attention) {
            return attention.equals("shared") ? List.of("subtle", "strong") : List.of();
        }

        @Override
        public Map<String, String> options(String attention, String strength, boolean withReferences) {
            return strengths(attention).contains(strength) ? Map.of("score-scale", "2.0", "level", "0.25") : Map.of();
        }
    }
}
