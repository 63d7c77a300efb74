package org.atelier.studio.card;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.requests.RequestReader;
import org.atelier.requests.tree.JsonTree;
import org.atelier.studio.input.InputFile;

/** Reads a style card and validates it completely, since it may come from an untrusted source. */
public final class CardReader {

    /** What the errors call the file. */
    private static final String TITLE = "a style card";

    private final Path file;
    private final String sha256;
    private final CardFields fields;
    private final CardContent content;
    private final SetRequest first;

    private CardReader(InputFile input, CardArchive archive) {
        this.file = input.source();
        this.sha256 = input.sha256();
        String text = CardFields.text(file, archive.entries().get(CardArchive.TEXT));
        this.fields = CardFields.of(file, text);
        this.content = new CardContent(file, TITLE, archive, fields);
        requireKnownKind();
        this.first = RequestReader.verbatim()
                .read(JsonTree.read(
                        fields.object("request").json().toString(), file + " (its " + CardArchive.TEXT + ")"));
    }

    /** @throws AtelierException if the file is not a style card, is damaged, or was written by a later version of Atelier */
    public static OpenedCard read(InputFile file) {
        return new CardReader(file, CardArchive.read(file, TITLE)).opened();
    }

    private void requireKnownKind() {
        if (!fields.has("kind") || !fields.text("kind").equals(CardWriter.KIND)) {
            throw unreadable("not a style card");
        }
        double version = fields.number("schema_version");
        if (version > CardWriter.SCHEMA_VERSION) {
            throw unreadable(
                    "a style card of version %.0f, written by a later version of Atelier (%s); this one supports version %d"
                            .formatted(version, fields.text("version"), CardWriter.SCHEMA_VERSION));
        }
        if (version != CardWriter.SCHEMA_VERSION) {
            throw unreadable("unknown style card version %s".formatted(version));
        }
    }

    private OpenedCard opened() {
        requireResolved();
        content.requireUnchanged();
        Optional<ReferenceTrajectories> trajectories =
                first.references().isEmpty() ? Optional.empty() : Optional.of(trajectories());
        int count = trajectories.map(stored -> stored.trajectories().size()).orElse(0);
        CardFields model = fields.object("model");
        StyleCard card = new StyleCard(
                new StyleCardFile(file.toString(), sha256),
                fields.text("version"),
                model.text("name"),
                model.text("identity"),
                first,
                count);
        return new OpenedCard(card, trajectories);
    }

    private void requireResolved() {
        boolean hasReferences = !first.references().isEmpty();
        boolean resolved = Stream.of(
                                first.seed(),
                                first.sampling().steps(),
                                first.sampling().sampler(),
                                first.sampling().cfgScale(),
                                first.sampling().width(),
                                first.sampling().height(),
                                first.execution().dtype())
                        .allMatch(value -> value != null)
                && !first.items().isEmpty()
                && first.items().stream()
                        .allMatch(item -> item.seed() != null && item.width() != null && item.height() != null)
                && (!hasReferences
                        || (first.inversion().steps() != null
                                && first.inversion().offset() != null))
                && first.contexts().inputs().stream().allMatch(context -> context.resolved() != null)
                && first.references().images().stream().noneMatch(ReferenceFile::needsCaption)
                && first.modelOptions().loras().stream().allMatch(lora -> lora.sha256() != null)
                && first.card() == null;
        if (!resolved) {
            throw unreadable("a style card whose request is not resolved");
        }
    }

    private ReferenceTrajectories trajectories() {
        return content.trajectories(
                first.inversion().steps() - first.inversion().offset(),
                first.references().images().size());
    }

    private AtelierException unreadable(String why) {
        return CardArchive.unreadable(file, why, null);
    }
}
