package org.atelier.attention.shared;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of shared attention; names and defaults are those of the reference implementation for SDXL. */
@ObjectClassDefinition(
        name = "Shared attention",
        description = "Every image attends to its own tokens and to the reference's, aligned by AdaIN.")
public @interface Options {

    @AttributeDefinition(
            name = "AdaIN of queries",
            description = "Gives queries the mean and standard deviation of the reference's.")
    boolean adainQueries() default true;

    @AttributeDefinition(
            name = "AdaIN of keys",
            description = "Gives keys the mean and standard deviation of the reference's.")
    boolean adainKeys() default true;

    @AttributeDefinition(
            name = "AdaIN of values",
            description =
                    "Gives values the mean and standard deviation of the reference's: a stronger style at the cost of content.")
    boolean adainValues() default false;

    @AttributeDefinition(
            name = "Share group normalisation",
            description = "Computes the moments of every group normalisation over image and reference together.")
    boolean shareGroupNorm() default false;

    @AttributeDefinition(
            name = "Share layer normalisation",
            description = "Accepted without effect, because layer normalisation works on each token separately.")
    boolean shareLayerNorm() default false;

    @AttributeDefinition(
            name = "Score scale",
            description = "Multiplies the reference's keys: below 1 for a weaker style, above 1 for a stronger one.",
            min = "0",
            max = "10")
    double scoreScale() default 1;

    @AttributeDefinition(
            name = "Score shift",
            description = "Added to every score of the reference's tokens: ln 2 doubles their weight.",
            min = "-20",
            max = "20")
    double scoreShift() default 0;

    @AttributeDefinition(
            name = "Level",
            description = "Fraction of self-attention layers that remain plain, spread evenly: 0 shares all, 1 none.",
            min = "0",
            max = "1")
    double level() default 0;

    @AttributeDefinition(
            name = "Exclude",
            description = "Words of the reference's prompt: the tokens that show them are not shared.",
            required = false)
    String[] exclude() default {};

    @AttributeDefinition(
            name = "Exclude weight",
            description =
                    "Weight of the excluded tokens: 0 leaves them out, 0.5 halves them, 1 shares them as the others.",
            min = "0",
            max = "1")
    double excludeWeight() default 0;
}
