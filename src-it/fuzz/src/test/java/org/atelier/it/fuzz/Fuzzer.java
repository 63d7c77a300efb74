package org.atelier.it.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;

/**
 * Gives a reader mutated inputs. Each must be accepted, or refused by an {@link AtelierException} with one sentence per fault,
 * in bounded time. Input n of a seed is always the same, so that a fault can be repeated.
 */
final class Fuzzer {

    /** Far above what any input needs, even on a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int MAX_SENTENCES = 2000;
    private static final Pattern CLASS =
            Pattern.compile("\\b(?:java|javax|com|org)\\.[a-z.]+\\.[A-Z]\\w+|\\w+(?:Exception|Error):");
    private static final Pattern END = Pattern.compile("[.!?)…:]\\P{L}?$");

    private final Reader reader;
    private final Path folder;
    private final long seed;
    private final Map<String, String> faults = new LinkedHashMap<>();
    private long accepted;
    private long refused;

    /** @param folder for the inputs, of which those with a fault are kept */
    Fuzzer(Reader reader, Path folder, long seed) {
        this.reader = reader;
        this.folder = folder;
        this.seed = seed;
    }

    /** Tries inputs until their number and the time are reached. */
    void run(int least, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long number = 0; number < least || System.nanoTime() < end; number++) {
            attempt(number);
        }
    }

    private void attempt(long number) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        byte[] valid = reader.corpus().get(random.nextInt(reader.corpus().size()));
        byte[] input = reader.mutation().of(valid, reader.corpus(), random);
        Path file = Files.write(folder.resolve(reader.name()), input);
        FutureTask<Void> task = new FutureTask<>(() -> {
            reader.read().read(input, file);
            return null;
        });
        Thread thread = new Thread(task, reader.name());
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            accepted++;
        } catch (TimeoutException e) {
            fault("takes longer than " + LIMIT.toSeconds() + " s at " + place(thread.getStackTrace()), number, file);
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause();
            if (thrown instanceof AtelierException refusal) {
                refused++;
                objection(refusal.getMessage()).ifPresent(why -> keep(why + ": " + refusal.getMessage(), number, file));
            } else {
                fault(thrown + " at " + place(thrown.getStackTrace()), number, file);
            }
        }
    }

    /** Returns why a message is not one readable sentence per fault. */
    private static java.util.Optional<String> objection(String message) {
        List<String> lines = message == null ? List.of() : message.lines().toList();
        if (lines.isEmpty() || lines.stream().anyMatch(String::isBlank)) {
            return java.util.Optional.of("blank line");
        }
        if (lines.stream().anyMatch(line -> line.chars().anyMatch(Character::isISOControl))) {
            return java.util.Optional.of("control character");
        }
        if (lines.stream().anyMatch(line -> CLASS.matcher(line).find())) {
            return java.util.Optional.of("name of a class");
        }
        if (lines.stream().anyMatch(line -> line.length() > MAX_SENTENCES)) {
            return java.util.Optional.of("sentence of " + message.length() + " characters");
        }
        return lines.stream().allMatch(line -> END.matcher(line).find())
                ? java.util.Optional.empty()
                : java.util.Optional.of("no sentence");
    }

    private static String place(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(frame -> frame.getClassName().startsWith("org.atelier."))
                .limit(3)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }

    private void keep(String fault, long number, Path file) {
        try {
            fault(fault, number, file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Keeps the first input of each kind of fault; digits and quoted texts do not make a kind. */
    private void fault(String fault, long number, Path file) throws IOException {
        String kind = fault.replaceAll("'[^']*'|\"[^\"]*\"|\\d+", "_");
        String shortKind = kind.substring(0, Math.min(kind.length(), 80));
        if (faults.size() < 50
                && faults.putIfAbsent(shortKind, "Input %d: %s".formatted(number, shortened(fault))) == null) {
            Files.copy(
                    file,
                    folder.resolve(reader.name() + "-" + seed + "-" + number),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String shortened(String fault) {
        return fault.length() > 600 ? fault.substring(0, 600) + "…" : fault;
    }

    /** Returns one line for each kind of fault. */
    List<String> faults() {
        return List.copyOf(faults.values());
    }

    String summary() {
        return "%s, seed %d: %d inputs, %d accepted, %d refused, %d kinds of faults"
                .formatted(reader.name(), seed, accepted + refused, accepted, refused, faults.size());
    }
}
