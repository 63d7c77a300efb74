package org.atelier.it.queue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.atelier.api.job.Job;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/** Replaces the reference of a set that waits, and brings the old one back when the set has failed. */
public final class ReferenceReplaced implements Callable<List<String>> {

    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;

    private final Visitor visitor = new Visitor();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Path reference = Files.createTempDirectory("atelier-replaced-").resolve("wall.png");
        paint(reference, RED);
        Job generated = visitor.submit(41);
        visitor.awaitGeneration(generated);
        Job waiting = visitor.queue().submit(request(reference), SetOutput.to(null), "visitor");
        results.add(copies() == 0 ? "waits without copies" : "copies lie around");

        paint(reference, BLUE);
        visitor.awaitEnd(generated);

        Job failed = visitor.awaitEnd(waiting);
        results.add("%s %s: %s"
                .formatted(
                        failed.state(),
                        failed.fault().code(),
                        failed.fault().message().replace(reference.toString(), "wall.png")));
        results.add(Files.exists(failed.output().folder()) ? "a folder" : "no set");

        paint(reference, RED);
        visitor.queue().resume(waiting.id());
        Job resumed =
                visitor.await(waiting, now -> now.attempts() == 2 && now.state().isEnd());
        results.add("resumed: " + Visitor.end(resumed)
                + (isRecorded(resumed) ? ", as it was submitted" : ", with another reference"));
        return results;
    }

    private static SetRequest request(Path reference) {
        return Visitor.request(42)
                .prompts("a house")
                .attention("shared")
                .references(new ReferenceFile(reference.toString(), "a wall", 1, null))
                .build();
    }

    private static void paint(Path file, int colour) throws IOException {
        BufferedImage wall = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < wall.getHeight(); y++) {
            for (int x = 0; x < wall.getWidth(); x++) {
                wall.setRGB(x, y, colour);
            }
        }
        ImageIO.write(wall, "png", file.toFile());
    }

    /** How many sets hold copies of input files. */
    private int copies() {
        String[] sets = visitor.bundle("studio")
                .getBundleContext()
                .getDataFile("inputs")
                .list();
        return sets == null ? 0 : sets.length;
    }

    /** Whether the record has the hash that the submitted request was resolved to. */
    private static boolean isRecorded(Job job) throws IOException {
        String sha256 = job.request().references().images().get(0).sha256();
        return Files.readString(job.output().folder().resolve("set.json")).contains(sha256);
    }
}
