package org.atelier.studio;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.set.DrawnSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StyleCard;
import org.atelier.diffusion.Trajectories;
import org.atelier.diffusion.Trajectory;
import org.atelier.models.FloatTensor;

/** A set that was drawn by fakes and left its hand on a card. */
final class FirstSet {

    static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish")
            .style("pop art")
            .seed(5L)
            .steps(30)
            .build();

    static final Path TILE = Path.of("src/test/resources/pictures/rgb.png").toAbsolutePath();
    static final SetRequest PICTURED = REQUEST.but()
            .references(new ReferenceFile(TILE.toString(), "a tile", 1, null))
            .inversionSteps(3)
            .inversionOffset(1)
            .build();

    static final Trajectories FOLLOWED =
            new Trajectories(List.of(new Trajectory("a tile", 1, latents(3))), List.of(661.0, 331.0));

    private final FakeContexts contexts = new FakeContexts();
    final FakeArtist artist = new FakeArtist();
    private final FakeLibrary library = new FakeLibrary();
    final AtelierStudio studio = new AtelierStudio(
            library,
            new FakeAttentions().registry(),
            FakeAttentions.blends(),
            contexts.sources(),
            contexts.summarizers(),
            FakeAttentions.leases(),
            new FakeControls().ofSets(),
            artist,
            new FakeSettings(0, 60, 60),
            new AtelierBuild("0.1.0", () -> "same"));

    private final Path root;

    FirstSet(Path root) {
        this.root = root;
    }

    static FloatTensor latents(int steps) {
        float[] values = new float[steps * 4 * 2 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 3f;
        }
        return new FloatTensor(List.of((long) steps, 4L, 2L, 2L), FloatBuffer.wrap(values));
    }

    Path card() {
        return root.resolve("pop.style");
    }

    DrawnSet saved(SetRequest request) {
        artist.inverted = request.references().isEmpty() ? null : FOLLOWED;
        artist.reconstructions = request.references().size();
        return studio.draw(request, new SetOutput(root.resolve("first"), card()), new SetListener() {});
    }

    static StyleCard read(Path file) {
        return new ZippedStyleCards().read(file);
    }

    SetRequestBuilder hand() {
        return read(card()).hand().but();
    }
}
