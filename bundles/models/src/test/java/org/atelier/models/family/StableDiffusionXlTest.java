package org.atelier.models.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.models.family.TextConditioning.Unconditional;
import org.atelier.models.json.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour of StableDiffusionXLPipeline that no configuration contains. */
class StableDiffusionXlTest {

    private final ModelFamily family = ModelFamilies.named("sdxl");

    private static Settings index(String json) {
        return new Settings(
                Path.of("model_index.json"), JsonParser.parseString(json).getAsJsonObject());
    }

    @ParameterizedTest
    @CsvSource({"true, ZEROS", "false, EMPTY_PROMPT", "null, ZEROS"})
    void theIndexSelectsTheUnconditionalWithoutANegativePrompt(String zeros, Unconditional expected) {
        TextConditioning text = family.textConditioning(index("{\"force_zeros_for_empty_prompt\": " + zeros + "}"));
        assertEquals(expected, text.withoutNegativePrompt());
        assertEquals(Unconditional.ZEROS, text.inInversion());
    }

    @Test
    void everyTextEncoderAndTokenizerIsAComponent() {
        List<String> components =
                family.components().stream().map(ModelComponent::name).toList();
        List<String> named = family.textConditioning(index("{}")).encodings().stream()
                .flatMap(encoding -> Stream.of(encoding.tokenizer(), encoding.textModel()))
                .filter(name -> !components.contains(name))
                .toList();
        assertEquals(List.of(), named);
    }

    @Test
    void timeIdsAreSizeCropAndTargetSize() {
        assertEquals(
                List.of(768f, 1024f, 0f, 0f, 768f, 1024f),
                family.timeIds().stream().map(id -> id.of(1024, 768)).toList());
    }
}
