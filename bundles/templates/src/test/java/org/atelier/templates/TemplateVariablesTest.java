package org.atelier.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class TemplateVariablesTest {

    private static final TemplateVariables VARIABLES =
            new TemplateVariables("org.example.mine", Map.of("className", "Mine", "home", "/opt/you & I/$1"));

    @Test
    void areFilledInPathsAndTextsAndLeftWhereTheyAreMavens() throws IOException {
        Template template = Template.read(jar(Map.of(
                "META-INF/maven/archetype-metadata.xml", "<archetype-descriptor/>",
                "archetype-resources/pom.xml", "<url>file://${atelier.home}</url> <home>${home}</home> ${unknown}",
                "archetype-resources/README.md", "In ${home}",
                "archetype-resources/src/main/java/__className__Blend.java", "class ${className}Blend {}",
                "archetype-resources/src/test/java/deeper/__className__Test.java", "class __className__ {}")));

        assertEquals(
                Map.of(
                        Path.of("pom.xml"),
                        "<url>file://${atelier.home}</url> <home>/opt/you &amp; I/$1</home> ${unknown}",
                        Path.of("README.md"),
                        "In /opt/you & I/$1",
                        Path.of("src/main/java/org/example/mine/MineBlend.java"),
                        "class MineBlend {}",
                        Path.of("src/test/java/org/example/mine/deeper/MineTest.java"),
                        "class __className__ {}"),
                VARIABLES.fill(template));
    }

    private static ByteArrayInputStream jar(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(file.getKey()));
                jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
