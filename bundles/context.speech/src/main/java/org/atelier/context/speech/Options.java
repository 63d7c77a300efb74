package org.atelier.context.speech;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The options of transcription; the names and defaults are those of transformers' generate for Whisper. */
@ObjectClassDefinition(name = "Speech", description = "Transcribes speech with Whisper.")
public @interface Options {

    @AttributeDefinition(
            name = "Model",
            description = "A Whisper model of any size: its name, its folder, or org/name.")
    String model() default "whisper-tiny.en";

    @AttributeDefinition(
            name = "Language",
            description = "The spoken language, such as de or <|de|>; empty to detect it. English-only models"
                    + " support en only.")
    String language() default "";

    @AttributeDefinition(
            name = "Task",
            description = "Whether to transcribe the speech or to translate it to English.",
            options = {@Option("transcribe"), @Option("translate")})
    String task() default "transcribe";

    @AttributeDefinition(
            name = "Timestamps",
            description = "Whether to predict timestamps; always on for recordings longer than one window.")
    boolean timestamps() default false;

    @AttributeDefinition(
            name = "Temperatures",
            description = "Tried in this order until the text of a window is neither repetitive nor improbable; 0 is"
                    + " greedy decoding.")
    double[] temperatures() default {0, 0.2, 0.4, 0.6, 0.8, 1};

    @AttributeDefinition(
            name = "Compression ratio threshold",
            description = "Text with a higher compression ratio is repetitive.",
            min = "1",
            max = "1000")
    double compressionRatioThreshold() default 2.4;

    @AttributeDefinition(
            name = "Log probability threshold",
            description = "Text with a lower average log probability of its tokens is improbable.",
            min = "-100",
            max = "0")
    double logprobThreshold() default -1;

    @AttributeDefinition(
            name = "No speech threshold",
            description = "Improbable text is silence if the probability of no speech is higher than this.",
            min = "0",
            max = "1")
    double noSpeechThreshold() default 0.6;

    @AttributeDefinition(
            name = "Condition on previous text",
            description = "Whether the previous text is part of the prompt of each window.")
    boolean conditionOnPrevTokens() default false;

    @AttributeDefinition(name = "Beams", description = "The number of beams at temperature 0.", min = "1", max = "16")
    int numBeams() default 1;

    @AttributeDefinition(name = "Seed", description = "The seed of sampling at temperatures above 0.")
    long seed() default 0;
}
