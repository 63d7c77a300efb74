package org.atelier.metric.clip;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of CLIP's similarity. */
@ObjectClassDefinition(
        name = "CLIP",
        description = "How well each image shows what its prompt says: the cosine of their embeddings.")
public @interface Options {

    @AttributeDefinition(
            name = "Model",
            description = "A CLIP as ONNX graphs: its name or folder. Default: clip-vit-b32 if it is installed, else"
                    + " sketchbook-clip, which knows sketchbook's words only.")
    String model() default "clip-vit-b32";

    @AttributeDefinition(
            name = "Text",
            description = "What an image is compared with: object, the prompt without the style; prompt, the whole"
                    + " prompt; auto, the object where a set says it, else the whole prompt.")
    String text() default "auto";
}
