package org.atelier.it.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/write-a-plugin.md} changes of the example is in the example. */
class WriteAPluginIT {

    private static final Path DOCUMENT = Path.of("../../docs/write-a-plugin.md");
    private static final Path EXAMPLE = Path.of(
            "../../archetypes/attention/src/test/resources/projects/my-style/reference/src/main/java/org/example/mystyle",
            "MyStyleAttention.java");
    private static final Pattern CHANGE = Pattern.compile("```diff\n(.*?)```", Pattern.DOTALL);

    @Test
    void changesWhatNewPluginMakes() throws IOException {
        String example = Files.readString(EXAMPLE);
        List<String> before = CHANGE.matcher(Files.readString(DOCUMENT))
                .results()
                .map(change -> withoutWhatIsAdded(change.group(1)))
                .toList();

        assertEquals(2, before.size());
        before.forEach(text -> assertTrue(example.contains(text), () -> "not in the example:\n" + text));
    }

    private static String withoutWhatIsAdded(String change) {
        return change.lines()
                .filter(line -> !line.startsWith("+"))
                .map(line -> line.isEmpty() ? line : line.substring(1))
                .collect(Collectors.joining("\n"));
    }
}
