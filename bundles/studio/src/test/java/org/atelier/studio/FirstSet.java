package org.atelier.studio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StyleCard;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.files.Sha256;
import org.atelier.models.safetensors.FloatTensor;
import org.atelier.studio.input.InputFile;

/** A set that fakes generate and save as a style card. */
public final class FirstSet {

    public static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish")
            .style("pop art")
            .seed(5L)
            .steps(30)
            .build();

    public static final Path TILE =
            Path.of("src/test/resources/pictures/rgb.png").toAbsolutePath();
    public static final SetRequest IMAGED = REQUEST.toBuilder()
            .references(new ReferenceFile(TILE.toString(), "a tile", 1, null))
            .inversionSteps(3)
            .inversionOffset(1)
            .build();

    public static final ReferenceTrajectories TRAJECTORIES =
            new ReferenceTrajectories(List.of(new ReferenceTrajectory("a tile", 1, latents(3))), List.of(661.0, 331.0));

    private final TestStudio fakes = new TestStudio();
    public final FakeImageGenerator generator = fakes.generator;
    public final AtelierStudio studio = fakes.studio();

    private final Path root;

    public FirstSet(Path root) {
        this.root = root;
    }

    public static FloatTensor latents(int steps) {
        float[] values = new float[steps * 4 * 2 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 3f;
        }
        return new FloatTensor(List.of((long) steps, 4L, 2L, 2L), FloatBuffer.wrap(values));
    }

    public Path card() {
        return root.resolve("pop.style");
    }

    public GeneratedSet saved(SetRequest request) {
        generator.inverted = request.references().isEmpty() ? null : TRAJECTORIES;
        generator.reconstructions = request.references().images().size();
        return studio.generate(request, new SetOutput(root.resolve("first"), card()), new SetListener() {});
    }

    /** An input file that is its own copy, since nothing changes it. */
    public static InputFile input(Path file) {
        try {
            return new InputFile(file, file, Sha256.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static StyleCard read(Path file) {
        return TestStudio.cards().read(file);
    }

    public SetRequestBuilder newRequest() {
        return read(card()).newRequest().toBuilder();
    }
}
