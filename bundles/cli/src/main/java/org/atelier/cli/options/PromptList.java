package org.atelier.cli.options;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.files.IoErrors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The prompts of an evaluation: arguments, or the lines of a file. */
public final class PromptList {

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "The prompts of every set. Default: eight objects that sketchbook knows.")
    private List<String> prompts = List.of();

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "A UTF-8 text file with a prompt on each line, instead of PROMPT; empty lines are skipped.")
    private Path file;

    /**
     * The prompts; empty if none are given.
     *
     * @param folder the folder against which a relative file is resolved
     * @param faults collects prompts in two places, and a file without prompts
     */
    public List<String> of(Path folder, Faults faults) {
        if (file == null) {
            return prompts;
        }
        faults.require(
                prompts.isEmpty(), "Prompts are given both as arguments and by --prompts; give them in one way.");
        try {
            List<String> lines = lines(folder.resolve(file));
            faults.require(!lines.isEmpty(), file + " has no prompts; write one on each line.");
            return lines;
        } catch (AtelierException e) {
            faults.add(e);
            return List.of();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (CharacterCodingException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + " is not UTF-8; save it as UTF-8.", e);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, "%s cannot be read: %s.".formatted(file, IoErrors.of(e)), e);
        }
    }
}
