package org.atelier.studio.card;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.files.Sha256;
import org.atelier.models.safetensors.FloatTensor;
import org.atelier.requests.RequestReader;
import org.atelier.requests.tree.JsonTree;
import org.atelier.studio.input.InputFile;

/** Reads a style card and validates it completely, since it may come from an untrusted source. */
public final class CardReader {

    private static final double CLOSE_TO_ONE = 1e-6;
    private static final int RANK = 4;

    private final Path file;
    private final String sha256;
    private final CardArchive archive;
    private final CardFields fields;
    private final SetRequest first;

    private CardReader(InputFile input, CardArchive archive) {
        this.file = input.source();
        this.sha256 = input.sha256();
        this.archive = archive;
        String text = CardFields.text(file, archive.entries().get(CardArchive.TEXT));
        this.fields = CardFields.of(file, text);
        requireKnownKind();
        this.first = RequestReader.verbatim()
                .read(JsonTree.read(
                        fields.object("request").json().toString(), file + " (its " + CardArchive.TEXT + ")"));
    }

    /** @throws AtelierException if the file is not a style card, is damaged, or was written by a later version of Atelier */
    public static OpenedCard read(InputFile file) {
        return new CardReader(file, CardArchive.read(file)).opened();
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
        requireUnchanged();
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

    /** Checks that card.json lists every entry with its hash. */
    private void requireUnchanged() {
        Set<String> named = new HashSet<>(Set.of(CardArchive.TEXT));
        for (CardFields entry : fields.objects("entries")) {
            String name = entry.text("file");
            byte[] content = archive.entries().get(name);
            if (content == null) {
                throw unreadable("a style card without its entry " + name.replaceAll("\\p{Cntrl}", "?"));
            }
            if (!named.add(name) || !Sha256.of(content).equals(entry.text("sha256"))) {
                throw unreadable("a style card whose " + name + " was changed; copy the card again");
            }
        }
        if (!named.equals(archive.entries().keySet())) {
            throw unreadable("a style card with entries that its " + CardArchive.TEXT + " does not name");
        }
    }

    private ReferenceTrajectories trajectories() {
        List<Double> timesteps = fields.numbers("timesteps");
        List<CardFields> described = fields.objects("trajectories");
        int references = first.references().images().size();
        if (timesteps.size() != first.inversion().steps() - first.inversion().offset() || timesteps.isEmpty()) {
            throw unreadable("a style card whose timesteps are not those of its inversion");
        }
        if (described.size() != 1 && described.size() != references) {
            throw unreadable(
                    "a style card of %d references with %d trajectories".formatted(references, described.size()));
        }
        List<ReferenceTrajectory> each =
                described.stream().map(one -> trajectory(one, timesteps.size())).toList();
        double weights = each.stream().mapToDouble(ReferenceTrajectory::weight).sum();
        if (each.stream().anyMatch(one -> one.weight() <= 0) || Math.abs(weights - 1) > CLOSE_TO_ONE) {
            throw unreadable("a style card whose weights do not sum to 1");
        }
        return new ReferenceTrajectories(each, timesteps);
    }

    private ReferenceTrajectory trajectory(CardFields described, int timesteps) {
        String name = described.text("file");
        byte[] content = archive.entries().get(name);
        if (content == null) {
            throw unreadable("a style card without its entry " + name.replaceAll("\\p{Cntrl}", "?"));
        }
        FloatTensor latents;
        try {
            latents = FloatTensor.ofSafetensors(content, CardWriter.LATENTS, Path.of(name));
        } catch (AtelierException e) {
            throw unreadable(
                    "a style card that cannot be used: " + e.getMessage().replaceAll("\\.$", ""));
        }
        if (latents.shape().size() != RANK || latents.shape().get(0) != timesteps + 1) {
            throw unreadable("a style card whose %s has the shape %s, not one for each of %d steps"
                    .formatted(name, latents.shape(), timesteps + 1));
        }
        requireFinite(name, latents.values().duplicate());
        return new ReferenceTrajectory(described.text("prompt"), described.number("weight"), latents);
    }

    private void requireFinite(String name, FloatBuffer values) {
        while (values.hasRemaining()) {
            if (!Float.isFinite(values.get())) {
                throw unreadable("a style card whose " + name + " contains NaN or infinite values");
            }
        }
    }

    private AtelierException unreadable(String why) {
        return CardArchive.unreadable(file, why, null);
    }
}
