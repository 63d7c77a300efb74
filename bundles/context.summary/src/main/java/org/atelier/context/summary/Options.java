package org.atelier.context.summary;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The options of summaries; values that are not set are taken from the model's configuration of the task. */
@ObjectClassDefinition(name = "Summary", description = "Summarises a long text with T5.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A T5 model as ONNX graphs: its name or folder.")
    String model() default "t5-small";

    @AttributeDefinition(
            name = "Prefix",
            description = "The task prefix before the text; empty for the model's default.",
            required = false)
    String prefix() default "";

    @AttributeDefinition(
            name = "Beams",
            description = "The number of beams; 1 for greedy search, 0 for the model's default.",
            min = "0",
            max = "32")
    int beams() default 0;

    @AttributeDefinition(
            name = "Maximum length",
            description =
                    "The maximum length of a summary in tokens, including the start token; 0 for the model's default.",
            min = "0",
            max = "4096")
    int maxLength() default 0;

    @AttributeDefinition(
            name = "Minimum length",
            description = "The minimum length of a summary in tokens, including the start token; -1 for the"
                    + " model's default.",
            min = "-1",
            max = "4096")
    int minLength() default -1;

    @AttributeDefinition(
            name = "Length penalty",
            description = "The exponent of the length by which a summary's score is divided: above 0 favours long"
                    + " summaries, below 0 short ones; 0 for the model's default.",
            min = "-10",
            max = "10")
    double lengthPenalty() default 0;

    @AttributeDefinition(
            name = "Early stopping",
            description = "Whether to stop as soon as there are as many complete summaries as beams; model for"
                    + " the model's default.",
            options = {@Option("model"), @Option("yes"), @Option("no"), @Option("never")})
    String earlyStopping() default "model";

    @AttributeDefinition(
            name = "No repeated n-grams",
            description = "The length of n-grams that must not occur twice, in tokens; 0 for no limit, -1 for the"
                    + " model's default.",
            min = "-1",
            max = "100")
    int noRepeatNgramSize() default -1;
}
