package org.atelier.attention.shared;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a set may ask of shared attention; the names and defaults are the reference implementation's for SDXL. */
@ObjectClassDefinition(
        name = "Shared attention",
        description = "Every image attends to its own tokens and to the reference's, brought near it by AdaIN.")
public @interface Options {

    @AttributeDefinition(
            name = "AdaIN of queries",
            description = "Give queries the mean and deviation of the reference's.")
    boolean adainQueries() default true;

    @AttributeDefinition(name = "AdaIN of keys", description = "Give keys the mean and deviation of the reference's.")
    boolean adainKeys() default true;

    @AttributeDefinition(
            name = "AdaIN of values",
            description = "Give values the mean and deviation of the reference's; stronger, at the cost of content.")
    boolean adainValues() default false;

    @AttributeDefinition(
            name = "Share group normalisation",
            description = "Take the moments of every group normalisation over image and reference together.")
    boolean shareGroupNorm() default false;

    @AttributeDefinition(
            name = "Share layer normalisation",
            description = "Accepted, and without effect: a layer normalisation works on each token alone.")
    boolean shareLayerNorm() default false;

    @AttributeDefinition(
            name = "Score scale",
            description = "Multiplies the reference's keys: below 1 for a softer, above for a stronger style.",
            min = "0",
            max = "10")
    double scoreScale() default 1;

    @AttributeDefinition(
            name = "Score shift",
            description = "Added to every score of the reference's tokens: ln 2 makes them count twice.",
            min = "-20",
            max = "20")
    double scoreShift() default 0;

    @AttributeDefinition(
            name = "Level",
            description = "The share of self-attention layers that stay plain, evenly spread: 0 shares all, 1 none.",
            min = "0",
            max = "1")
    double level() default 0;
}
