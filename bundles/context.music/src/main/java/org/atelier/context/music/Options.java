package org.atelier.context.music;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How music is put into words. A set of labels has three settings, those of {@code mood} for instance {@code mood.labels},
 * {@code mood.prompt} and {@code mood.phrase}; a configuration may name further sets with settings of their own.
 */
@ObjectClassDefinition(name = "Music", description = "CLAP says which labels music is nearest to.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A CLAP as ONNX graphs, by name or folder.")
    String model() default "clap";

    @AttributeDefinition(
            name = "Windows",
            description = "How many windows, spread evenly, are heard of music that is longer than one.",
            min = "1",
            max = "1000")
    int windows() default 6;

    @AttributeDefinition(
            name = "Logit scale",
            description =
                    "What similarities are multiplied by before they become scores, which public exports lack; 0 for what the configuration says it began with.",
            min = "0",
            max = "1000")
    double logitScale() default 0;

    @AttributeDefinition(
            name = "Least score",
            description = "A label with a lower score does not join the prompt.",
            min = "0",
            max = "1")
    double least() default 0;

    @AttributeDefinition(
            name = "Sets",
            description = "The sets of labels, in the order in which their best joins the prompt.")
    String[] sets() default {"genre", "instruments", "mood"};

    @AttributeDefinition(
            name = "Genres",
            description = "Each as label or, where it joins the prompt otherwise than by the phrase, label: words.")
    String[] genre_labels() default {
        "rock",
        "pop",
        "jazz",
        "blues",
        "classical",
        "electronic",
        "hip hop",
        "folk",
        "metal",
        "reggae",
        "country",
        "ambient"
    };

    @AttributeDefinition(name = "Prompt of a genre", description = "What the model compares, with {label}.")
    String genre_prompt() default "This is a {label} song";

    @AttributeDefinition(
            name = "Phrase of a genre",
            description = "What joins the prompt, with {label}; empty for nothing.",
            required = false)
    String genre_phrase() default "";

    @AttributeDefinition(name = "Instruments", description = "As the genres.")
    String[] instruments_labels() default {
        "piano",
        "acoustic guitar",
        "electric guitar",
        "violin",
        "strings",
        "drums",
        "saxophone",
        "trumpet",
        "flute",
        "synthesizer",
        "organ",
        "voice"
    };

    @AttributeDefinition(name = "Prompt of an instrument", description = "What the model compares, with {label}.")
    String instruments_prompt() default "This is a song with {label}";

    @AttributeDefinition(
            name = "Phrase of an instrument",
            description = "What joins the prompt, with {label}; empty for nothing.",
            required = false)
    String instruments_phrase() default "";

    @AttributeDefinition(name = "Moods", description = "As the genres; the words are those that sketchbook knows.")
    String[] mood_labels() default {
        "calm",
        "peaceful: calm mood",
        "dreamy: calm mood",
        "energetic",
        "happy: energetic mood",
        "aggressive: energetic mood",
        "melancholic",
        "sad: melancholic mood",
        "dark: melancholic mood"
    };

    @AttributeDefinition(name = "Prompt of a mood", description = "What the model compares, with {label}.")
    String mood_prompt() default "This is a {label} song";

    @AttributeDefinition(
            name = "Phrase of a mood",
            description = "What joins the prompt, with {label}; empty for nothing.",
            required = false)
    String mood_phrase() default "{label} mood";
}
