package org.atelier.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atelier.api.AtelierException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {

    @ParameterizedTest
    @CsvSource({
        "my-style, attention, MyStyle",
        "my-blend, blend, My",
        "blend, blend, Blend",
        "a-2-b, control, A2B",
    })
    void namesTheClass(String name, String kind, String className) {
        assertEquals(className, new ProjectName(name).classNameFor(kind));
    }

    @Test
    void namesTheClassInFull() {
        assertEquals("MyStyleAttention", new ProjectName("my-style").fullClassNameFor("attention"));
        assertEquals("MyBlend", new ProjectName("my-blend").fullClassNameFor("blend"));
    }

    @Test
    void namesThePackage() {
        assertEquals("org.example.mystyle", new ProjectName("my-style").packageIn("org.example"));
        assertEquals("com.acmecorp.mystyle", new ProjectName("my-style").packageIn("com.acme-corp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MyStyle", "my_style", "-style", "my-", "my--style", "2d", "mein-stück", "../up", "a b"})
    void refusesWhatIsNoNameOfAPlugin(String name) {
        AtelierException fault = assertThrows(AtelierException.class, () -> new ProjectName(name));
        assertTrue(fault.getMessage().contains("'" + name + "'"), fault.getMessage());
    }

    @Test
    void refusesANameLongerThanAFileMayHave() {
        assertThrows(AtelierException.class, () -> new ProjectName("a".repeat(61)));
    }
}
