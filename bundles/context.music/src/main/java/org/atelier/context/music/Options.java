package org.atelier.context.music;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The options of music. A set of labels has three settings, such as {@code mood.labels}, {@code mood.prompt} and {@code mood.phrase}; a
 * configuration may define further sets.
 */
@ObjectClassDefinition(name = "Music", description = "Describes music by the maximum similar labels, with CLAP.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A CLAP model as ONNX graphs: its name or folder.")
    String model() default "clap";

    @AttributeDefinition(
            name = "Windows",
            description = "The maximum number of windows, evenly spaced over music that is longer than one window.",
            min = "1",
            max = "1000")
    int windows() default 6;

    @AttributeDefinition(
            name = "Logit scale",
            description = "The factor of similarities before softmax, which public exports lack; 0 for the initial"
                    + " value in the model's configuration.",
            min = "0",
            max = "1000")
    double logitScale() default 0;

    @AttributeDefinition(
            name = "Minimum score",
            description = "Labels with a lower score are not added to the prompt.",
            min = "0",
            max = "1")
    double least() default 0;

    @AttributeDefinition(
            name = "Label sets",
            description = "The sets of labels, in the order in which their best labels are added to the prompt.")
    String[] sets() default {"genre", "instruments", "mood"};

    @AttributeDefinition(
            name = "Genres",
            description = "Each entry is a label, or label: text to add that text to the prompt instead of the phrase.")
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

    @AttributeDefinition(name = "Genre prompt", description = "The input of the text encoder, with {label}.")
    String genre_prompt() default "This is a {label} song";

    @AttributeDefinition(
            name = "Genre phrase",
            description = "The text added to the prompt, with {label}; empty for none.",
            required = false)
    String genre_phrase() default "";

    @AttributeDefinition(name = "Instruments", description = "Same format as genres.")
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

    @AttributeDefinition(name = "Instrument prompt", description = "The input of the text encoder, with {label}.")
    String instruments_prompt() default "This is a song with {label}";

    @AttributeDefinition(
            name = "Instrument phrase",
            description = "The text added to the prompt, with {label}; empty for none.",
            required = false)
    String instruments_phrase() default "";

    @AttributeDefinition(
            name = "Moods",
            description = "Same format as genres; the texts are in sketchbook's vocabulary.")
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

    @AttributeDefinition(name = "Mood prompt", description = "The input of the text encoder, with {label}.")
    String mood_prompt() default "This is a {label} song";

    @AttributeDefinition(
            name = "Mood phrase",
            description = "The text added to the prompt, with {label}; empty for none.",
            required = false)
    String mood_phrase() default "{label} mood";
}
