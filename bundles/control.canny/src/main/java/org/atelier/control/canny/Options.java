package org.atelier.control.canny;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What a set may ask of Canny; names and defaults are those of OpenCV's {@code Canny(image, 100, 200)}. */
@ObjectClassDefinition(
        name = "Canny edges",
        description = "White lines on black where an image's colours change: for ControlNets trained on Canny edges.")
public @interface Options {

    @AttributeDefinition(
            name = "Low threshold",
            description = "A change below it is no edge; the smaller of the two thresholds.",
            min = "0",
            max = "65535")
    double lowThreshold() default 100;

    @AttributeDefinition(
            name = "High threshold",
            description = "A change above it is an edge, and so is what is linked to it and above the low threshold.",
            min = "0",
            max = "65535")
    double highThreshold() default 200;

    @AttributeDefinition(
            name = "Aperture",
            description = "Side of the Sobel kernel in pixels; a larger one gives larger changes.",
            options = {
                @Option(label = "3", value = "3"),
                @Option(label = "5", value = "5"),
                @Option(label = "7", value = "7")
            })
    int aperture() default 3;

    @AttributeDefinition(
            name = "L2 gradient",
            description = "Measure a change by Euclid's length of its gradient, not by the sum of both parts.")
    boolean l2Gradient() default false;
}
