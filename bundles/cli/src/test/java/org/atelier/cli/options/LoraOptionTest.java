package org.atelier.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.model.LoraInput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LoraOptionTest {

    @TempDir
    private Path folder;

    @Command
    static final class Parsed {
        @Mixin
        private LoraOption lora;
    }

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of("ink.safetensors", "a=0.5.safetensors")) {
            Files.write(folder.resolve(name), new byte[0]);
        }
    }

    private List<LoraInput> parse(SetRequestBuilder request, String... arguments) {
        Parsed parsed = new Parsed();
        new CommandLine(parsed).parseArgs(arguments);
        parsed.lora.into(request, folder);
        return request.build().modelOptions().loras();
    }

    private LoraInput parse(String text) {
        return parse(SetRequest.builder(), "--lora", text).get(0);
    }

    private String file(String name) {
        return folder.resolve(name).toAbsolutePath().normalize().toString();
    }

    @Test
    void aNameHasFullStrength() {
        assertEquals(LoraInput.of("ink"), parse("ink"));
    }

    @Test
    void strengthsFollowTheLastEqualsSign() {
        assertEquals(new LoraInput("ink", 0.8, 0.8, null), parse("ink=0.8"));
        assertEquals(new LoraInput("ink", -1, 0.25, null), parse("ink=-1:.25"));
        assertEquals(new LoraInput("a=b", 0.5, 0.5, null), parse("a=b=0.5"));
        assertEquals(LoraInput.of("a=b"), parse("a=b"));
    }

    @Test
    void anExistingFileIsAbsolute() {
        assertEquals(new LoraInput(file("ink.safetensors"), 2, 2, null), parse("ink.safetensors=2"));
        assertEquals(LoraInput.of(file("a=0.5.safetensors")), parse("a=0.5.safetensors"));
        assertEquals(LoraInput.of("gone.safetensors"), parse("gone.safetensors"));
    }

    @Test
    void loraOptionsReplaceThoseOfTheRequest() {
        SetRequestBuilder request = SetRequest.builder().loras(LoraInput.of("old"));

        assertEquals(List.of(LoraInput.of("old")), parse(request));
        assertEquals(
                List.of(LoraInput.of("ink"), LoraInput.of("wash")), parse(request, "--lora", "ink", "--lora=wash"));
    }
}
