package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documents, generated: every image its own size, seed and strength. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class SetAsAFileIT {

    private static final Path EXAMPLE =
            Path.of("../../docs/examples/spring.yaml").toAbsolutePath().normalize();

    private static final Path SCHEMA = Path.of("../../docs/request.schema.json");

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @Test
    void generatesEveryImageAsItsItemSaysAndAgainFromTheRecord(SetServer server) throws Exception {
        succeed("generate", "--request", EXAMPLE.toString(), "--steps", "2", "--out", "first");
        server.generateAgain(folder.resolve("second"), folder.resolve("first/set.json"));

        assertEquals(List.of(), faultsOfTheRequestIn("first/set.json"));
        assertSize(128, 128, "000.png");
        assertSize(128, 192, "002.png");
        assertSize(192, 128, "003.png");
        String banner = succeed("inspect", "first/003.png").out();
        assertTrue(banner.contains("seed             7\n") && banner.contains("size             192 x 128"), banner);
        String strong = succeed("inspect", "first/004.png").out();
        assertTrue(strong.contains("score-shift=0.69"), strong);
        for (String name : new String[] {"001.png", "003.png", "004.png", "contact-sheet.png", "set.json"}) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("first").resolve(name)),
                    Files.readAllBytes(folder.resolve("second").resolve(name)),
                    name);
        }
    }

    @Test
    void namesTheLineOfAFault() throws Exception {
        Files.writeString(folder.resolve("set.yaml"), "items:\n- a house\n- prompt: a fish\n  sed: 7\n");

        Run run = distribution.begin(folder, "generate", "--request", "set.yaml", "--out", "set");

        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("set.yaml, line 4: $.items[1].sed: unknown key; did you mean seed?"), run.err());
        assertTrue(Files.notExists(folder.resolve("set")));
    }

    @Test
    void refusesOtherSizesWhereEveryImageSeesAll(SetServer server) throws Exception {
        server.assertRefused(
                folder.resolve("set"),
                "items: [a house, {prompt: a boat, width: 192}]\nattention: full",
                "couples all images of a set");
    }

    /** What the published schema finds in the request that a set records. */
    private List<String> faultsOfTheRequestIn(String record) throws IOException {
        String request = JsonParser.parseString(Files.readString(folder.resolve(record)))
                .getAsJsonObject()
                .getAsJsonObject("request")
                .toString();
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        return schema.validate(request, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private void assertSize(int width, int height, String name) throws IOException {
        BufferedImage image = ImageIO.read(folder.resolve("first").resolve(name).toFile());
        assertEquals(width, image.getWidth(), name);
        assertEquals(height, image.getHeight(), name);
    }

    private Run succeed(String... arguments) throws Exception {
        Run run = distribution.begin(folder, arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }
}
