package org.atelier.context.summary;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** How a text is summarized; what is left open is as the model's own settings of the task say. */
@ObjectClassDefinition(name = "Summary", description = "T5 says a long text in few words.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A T5 as ONNX graphs, by name or folder.")
    String model() default "t5-small";

    @AttributeDefinition(
            name = "Prefix",
            description = "What tells the model its task, before the text; empty for what the model says.",
            required = false)
    String prefix() default "";

    @AttributeDefinition(
            name = "Beams",
            description =
                    "How many summaries are followed side by side; 1 takes the likeliest word each time, 0 what the model says.",
            min = "0",
            max = "32")
    int beams() default 0;

    @AttributeDefinition(
            name = "Longest",
            description = "Where a summary is cut, in tokens with the one it begins with; 0 for what the model says.",
            min = "0",
            max = "4096")
    int maxLength() default 0;

    @AttributeDefinition(
            name = "Shortest",
            description = "Where a summary may end, in tokens with the one it begins with; -1 for what the model says.",
            min = "-1",
            max = "4096")
    int minLength() default -1;

    @AttributeDefinition(
            name = "Length penalty",
            description =
                    "The power of the length by which a summary's score is divided: above 0 favours long ones, below 0 short ones; 0 for what the model says.",
            min = "-10",
            max = "10")
    double lengthPenalty() default 0;

    @AttributeDefinition(
            name = "Early stopping",
            description = "Whether to stop as soon as there are as many ended summaries as beams.",
            options = {@Option("model"), @Option("yes"), @Option("no"), @Option("never")})
    String earlyStopping() default "model";

    @AttributeDefinition(
            name = "No repetition of",
            description =
                    "No so many tokens stand twice in the same order; 0 for no bound, -1 for what the model says.",
            min = "-1",
            max = "100")
    int noRepeatNgramSize() default -1;
}
