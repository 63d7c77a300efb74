package org.atelier.templates;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    /** A class of such a name could not be compiled. */
    @Test
    void knowsTheClassesThatItImports() {
        Template template = new Template(
                Map.of("X.java", "package a;\n\nimport java.util.List;\nimport org.atelier.api.blend.StyleBlend;\n"));

        assertTrue(template.isUsing("StyleBlend"));
        assertTrue(template.isUsing("List"));
        assertFalse(template.isUsing("Blend"));
        assertFalse(template.isUsing("MyBlend"));
    }
}
