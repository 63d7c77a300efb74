package org.atelier.it.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tries every reader with mutated inputs: a fixed few hundred each, or, with {@code -Datelier.fuzz.minutes=10}, ten minutes each.
 * {@code -Datelier.fuzz.seed=N} chooses other inputs, {@code -Datelier.fuzz.readers=body,card} only some readers. Inputs with a
 * fault and a summary stay in {@code target/fuzz}.
 */
class ReadersIT {

    private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();
    private static final double MINUTES = Double.parseDouble(System.getProperty("atelier.fuzz.minutes", "0"));
    private static final long SEED = Long.getLong("atelier.fuzz.seed", 1);
    private static final List<String> ONLY =
            List.of(System.getProperty("atelier.fuzz.readers", "").split("[, ]+"));
    private static final int LEAST = 60;

    static Stream<Reader> readers() throws IOException {
        Path copies = Files.createDirectories(FOLDER.resolve("copies"));
        return Stream.concat(new RequestReaders(copies).all().stream(), new FileReaders(copies).all().stream())
                .filter(reader -> ONLY.equals(List.of("")) || ONLY.contains(reader.name()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void acceptsOrRefusesEveryInput(Reader reader) throws IOException, InterruptedException {
        Fuzzer fuzzer = new Fuzzer(reader, FOLDER, SEED);
        fuzzer.run(LEAST, Duration.ofSeconds(Math.round(MINUTES * 60)));
        Files.writeString(
                FOLDER.resolve("summary.txt"),
                fuzzer.summary() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertEquals(List.of(), fuzzer.faults(), fuzzer.summary());
    }

    /** The unchanged inputs are valid; otherwise mutations of them would show nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void acceptsItsCorpus(Reader reader) throws IOException {
        Path file = FOLDER.resolve("valid-" + reader.name());
        int accepted = 0;
        for (byte[] input : reader.corpus()) {
            Files.write(file, input);
            try {
                reader.read().read(input, file);
                accepted++;
            } catch (org.atelier.api.AtelierException e) {
                // Some requests name files that do not exist here.
            }
        }
        assertEquals(true, accepted > 0, reader.name());
    }
}
