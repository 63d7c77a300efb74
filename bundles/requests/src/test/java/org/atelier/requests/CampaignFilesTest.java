package org.atelier.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchSet;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignFilesTest {

    private static final Path DOCS = Path.of("../../docs");
    private static final Path SCHEMA = DOCS.resolve("batch.schema.json");

    private static final String CAMPAIGN = """
            base:
              steps: 20
              style: none of these
            matrix:
              styles: [stained glass, "Pop art!"]
              prompts:
                animals: [a fish, {prompt: a cat, width: 192}]
                things: [a cup]
              seeds: [1, 2]
            sets:
              - name: my own
                items: [a boat]
                steps: 5
            """;

    @TempDir
    private Path folder;

    private Batch read(String text) throws IOException {
        Path file = folder.resolve("campaign.yaml");
        Files.writeString(file, text);
        return FileKinds.campaigns().read(file);
    }

    @Test
    void readsAMatrixAndExplicitSets() throws IOException {
        List<BatchSet> sets = read(CAMPAIGN).sets();

        assertEquals(
                List.of(
                        "stained-glass-animals-seed-1",
                        "stained-glass-animals-seed-2",
                        "stained-glass-things-seed-1",
                        "stained-glass-things-seed-2",
                        "pop-art-animals-seed-1",
                        "pop-art-animals-seed-2",
                        "pop-art-things-seed-1",
                        "pop-art-things-seed-2",
                        "my own"),
                sets.stream().map(BatchSet::name).toList());
        SetRequest second = sets.get(1).request();
        assertEquals("stained glass", second.style());
        assertEquals(List.of("a fish", "a cat"), second.prompts());
        assertEquals(192, second.items().get(1).width());
        assertEquals(2, second.seed());
        assertEquals(20, second.sampling().steps());
        SetRequest own = sets.get(8).request();
        assertEquals("none of these", own.style());
        assertEquals(5, own.sampling().steps());
    }

    @Test
    void givesEverySetANameOfItsOwn() throws IOException {
        Batch batch = read("{base: {items: [a]}, matrix: {styles: [a b, A-B, ' ', a_b, '😀']}}");

        assertEquals(
                List.of("a-b", "a-b-2", "none", "a-b-3", "none-2"),
                batch.sets().stream().map(BatchSet::name).toList());
    }

    @Test
    void readsFilesBesideTheCampaign() throws IOException {
        Batch batch = read("{matrix: {seeds: [1]}, base: {items: [a], references: [{file: a.png, prompt: a tile}]}}");

        assertEquals(
                folder.resolve("a.png").toString(),
                batch.sets().get(0).request().references().images().get(0).file());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|line 1: $: a campaign needs a matrix or sets.",
                "{matrix: {}}|line 1: $.matrix: a matrix needs styles, prompts or seeds, each with at least one value.",
                "{matrix: {seeds: []}}|line 1: $.matrix: a matrix needs styles, prompts or seeds, each with at least one value.",
                "{matrix: {seed: [1]}}|line 1: $.matrix.seed: unknown key; did you mean seeds? a matrix has styles, prompts, seeds.",
                "{matrix: {seeds: [a]}}|line 1: $.matrix.seeds[0]: expected a number, found a string.",
                "{matrix: {prompts: {a: b}}}|line 1: $.matrix.prompts.a: expected a list of items, found a string.",
                "{sets: [{items: [a]}]}|line 1: $.sets[0]: a set of a campaign needs a name.",
                "{sets: [{name: a, items: [a]}, {name: A, items: [a]}]}|line 1: $.sets[1].name: another set or file has the name 'A'; choose another.",
                "{sets: [{name: batch.json, items: [a]}]}|line 1: $.sets[0].name: another set or file has the name 'batch.json'; choose another.",
            })
    void namesTheLineOfAFault(String text, String fault) {
        AtelierException thrown = assertThrows(AtelierException.class, () -> read(text));

        assertEquals(Code.INPUT_UNREADABLE, thrown.code());
        assertEquals(folder.resolve("campaign.yaml") + ", " + fault, thrown.getMessage());
    }

    @Test
    void namesTheLineOfAFaultInASet() {
        String campaign = CAMPAIGN.replace("width: 192", "widht: 192");

        String message =
                assertThrows(AtelierException.class, () -> read(campaign)).getMessage();

        assertTrue(message.contains("line 7: $.matrix.prompts.animals[1].widht: unknown key"), message);
    }

    @Test
    void refusesNamesThatLeaveTheFolder() {
        for (String name : List.of("../a", "a/b", "", ".", "a.", " a", "a".repeat(81))) {
            String text = "sets: [{name: '%s', items: [a]}]".formatted(name);
            assertTrue(
                    assertThrows(AtelierException.class, () -> read(text))
                            .getMessage()
                            .contains("a name has up to 80 letters"),
                    name);
        }
    }

    @Test
    void refusesTooManySets() {
        String numbers = "[" + "1, ".repeat(100) + "1]";
        String styles = "[" + "a, ".repeat(100) + "a]";
        String text = "{base: {items: [a]}, matrix: {styles: %s, seeds: %s}}".formatted(styles, numbers);

        assertTrue(assertThrows(AtelierException.class, () -> read(text))
                .getMessage()
                .contains("the matrix has more than 10000 sets"));
    }

    /** Updates the schema if the system property atelier.schema.write is set. */
    @Test
    void theSchemaIsGeneratedFromTheTableOfFields() throws IOException {
        String schema = Json.pretty(CampaignFields.schema());
        if (Boolean.getBoolean("atelier.schema.write")) {
            Files.writeString(SCHEMA, schema);
        }
        assertEquals(schema, Files.readString(SCHEMA));
    }

    @Test
    void theSchemaAcceptsWhatTheReaderAccepts() throws IOException {
        assertEquals(Set.of(), faults(CAMPAIGN));
        assertEquals(Set.of(), faults(Files.readString(DOCS.resolve("examples/campaign.yaml"))));
        assertEquals(1, faults("{matrix: {seed: [1]}}").size());
        assertEquals(1, faults("{sets: [{items: [a]}]}").size());
        assertEquals(1, faults("{base: {stepz: 3}, matrix: {seeds: [1]}}").size());
        assertEquals(
                12,
                FileKinds.campaigns()
                        .read(DOCS.resolve("examples/campaign.yaml").toAbsolutePath())
                        .sets()
                        .size());
    }

    private static Set<String> faults(String campaign) throws IOException {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(SCHEMA))
                .validate(campaign, InputFormat.YAML)
                .stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }
}
