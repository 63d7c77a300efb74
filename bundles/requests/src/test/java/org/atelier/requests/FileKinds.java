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
 * Fakes of the services that a request reader uses: kinds of context, strengths of the attention {@code shared}
 * and style cards.
 */
final class FileKinds {

    /** The kinds of context that read files. */
    static final ContextKinds KINDS = Set.of("picture", "speech", "music")::contains;

    /** The request of every style card. */
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
        return new RequestFiles(KINDS, new FakeStyleCards(), new FakeStrengthPresets());
    }

    static CampaignFiles campaigns() {
        return new CampaignFiles(KINDS, new FakeStyleCards(), new FakeStrengthPresets());
    }

    private static final class FakeStyleCards implements StyleCards {

        @Override
        public boolean isCard(Path file) {
            return true;
        }

        @Override
        public StyleCard read(Path file) {
            return new StyleCard(new StyleCardFile(file.toString(), null), "1.0.0", "sketchbook", "abcdef", FIRST, 0);
        }
    }

    private static final class FakeStrengthPresets implements StrengthPresets {

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
