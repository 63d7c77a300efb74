package org.atelier.studio.card;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.files.Sha256;
import org.atelier.models.safetensors.FloatTensor;

/**
 * The entries of an archive with trajectories, checked completely.
 *
 * @param file the archive, which errors name
 * @param title what errors call it, with its article
 * @param fields its description
 */
record CardContent(Path file, String title, CardArchive archive, CardFields fields) {

    private static final double CLOSE_TO_ONE = 1e-6;
    private static final int RANK = 4;

    /** Checks that card.json lists every entry with its hash. */
    void requireUnchanged() {
        Set<String> named = new HashSet<>(Set.of(CardArchive.TEXT));
        for (CardFields entry : fields.objects("entries")) {
            String name = entry.text("file");
            byte[] content = archive.entries().get(name);
            if (content == null) {
                throw unreadable(title + " without its entry " + name.replaceAll("\\p{Cntrl}", "?"));
            }
            if (!named.add(name) || !Sha256.of(content).equals(entry.text("sha256"))) {
                throw unreadable(title + " whose " + name + " was changed; copy it again");
            }
        }
        if (!named.equals(archive.entries().keySet())) {
            throw unreadable(title + " with entries that its " + CardArchive.TEXT + " does not name");
        }
    }

    /**
     * Reads the trajectories.
     *
     * @param steps their number of timesteps
     * @param references the number of references, of which there is a trajectory each, or one for all
     */
    ReferenceTrajectories trajectories(int steps, int references) {
        List<Double> timesteps = fields.numbers("timesteps");
        List<CardFields> described = fields.objects("trajectories");
        if (timesteps.size() != steps || timesteps.isEmpty()) {
            throw unreadable(title + " whose timesteps are not those of its inversion");
        }
        if (described.size() != 1 && described.size() != references) {
            throw unreadable("%s of %d references with %d trajectories".formatted(title, references, described.size()));
        }
        List<ReferenceTrajectory> each =
                described.stream().map(one -> trajectory(one, timesteps.size())).toList();
        double weights = each.stream().mapToDouble(ReferenceTrajectory::weight).sum();
        if (each.stream().anyMatch(one -> one.weight() <= 0) || Math.abs(weights - 1) > CLOSE_TO_ONE) {
            throw unreadable(title + " whose weights do not sum to 1");
        }
        return new ReferenceTrajectories(each, timesteps);
    }

    private ReferenceTrajectory trajectory(CardFields described, int timesteps) {
        String name = described.text("file");
        byte[] content = archive.entries().get(name);
        if (content == null) {
            throw unreadable(title + " without its entry " + name.replaceAll("\\p{Cntrl}", "?"));
        }
        FloatTensor latents;
        try {
            latents = FloatTensor.ofSafetensors(content, CardWriter.LATENTS, Path.of(name));
        } catch (AtelierException e) {
            throw unreadable(title + " that cannot be used: " + e.getMessage().replaceAll("\\.$", ""));
        }
        if (latents.shape().size() != RANK || latents.shape().get(0) != timesteps + 1) {
            throw unreadable("%s whose %s has the shape %s, not one for each of %d steps"
                    .formatted(title, name, latents.shape(), timesteps + 1));
        }
        requireFinite(name, latents.values().duplicate());
        return new ReferenceTrajectory(described.text("prompt"), described.number("weight"), latents);
    }

    private void requireFinite(String name, FloatBuffer values) {
        while (values.hasRemaining()) {
            if (!Float.isFinite(values.get())) {
                throw unreadable(title + " whose " + name + " contains NaN or infinite values");
            }
        }
    }

    private AtelierException unreadable(String why) {
        return CardArchive.unreadable(file, why, null);
    }
}
