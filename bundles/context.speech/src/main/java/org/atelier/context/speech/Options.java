package org.atelier.context.speech;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** How a recording is put into words; the names and defaults are those of transformers' generate for Whisper. */
@ObjectClassDefinition(name = "Speech", description = "Whisper writes down what a voice says.")
public @interface Options {

    @AttributeDefinition(
            name = "Model",
            description = "A Whisper of the hub, of any size: its name, its folder, or org/name.")
    String model() default "whisper-tiny.en";

    @AttributeDefinition(
            name = "Language",
            description = "What is spoken, as de or <|de|>; empty to find out. Models for English alone know only en.")
    String language() default "";

    @AttributeDefinition(
            name = "Task",
            description = "Write down what is said, or translate it to English.",
            options = {@Option("transcribe"), @Option("translate")})
    String task() default "transcribe";

    @AttributeDefinition(
            name = "Timestamps",
            description =
                    "Tell when each sentence was said. Always so where the recording is longer than the model hears at once.")
    boolean timestamps() default false;

    @AttributeDefinition(
            name = "Temperatures",
            description =
                    "Tried in this order until a passage neither repeats itself nor is doubtful; 0 takes the likeliest word.")
    double[] temperatures() default {0, 0.2, 0.4, 0.6, 0.8, 1};

    @AttributeDefinition(
            name = "Compression ratio threshold",
            description = "A passage that compresses better than this repeats itself.",
            min = "1",
            max = "1000")
    double compressionRatioThreshold() default 2.4;

    @AttributeDefinition(
            name = "Log probability threshold",
            description = "A passage whose words are less likely than this on average is doubtful.",
            min = "-100",
            max = "0")
    double logprobThreshold() default -1;

    @AttributeDefinition(
            name = "No speech threshold",
            description = "A doubtful passage is silence where that is likelier than this.",
            min = "0",
            max = "1")
    double noSpeechThreshold() default 0.6;

    @AttributeDefinition(
            name = "Condition on previous text",
            description = "Let each passage go on from the text so far.")
    boolean conditionOnPrevTokens() default false;

    @AttributeDefinition(
            name = "Beams",
            description = "How many texts are followed side by side at temperature 0.",
            min = "1",
            max = "16")
    int numBeams() default 1;

    @AttributeDefinition(name = "Seed", description = "Of the choice of words at temperatures above 0.")
    long seed() default 0;
}
