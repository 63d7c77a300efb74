package org.atelier.templates;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DottedNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"org.example", "org", "com.acme-corp.2d", "a_b"})
    void aGroupMayHaveDashes(String name) {
        assertDoesNotThrow(() -> DottedNames.checkGroup(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org..example", "org.example.", "-org", "örg", "org example", "org/example", "<org>"})
    void refusesWhatIsNoGroup(String name) {
        AtelierException fault = assertThrows(AtelierException.class, () -> DottedNames.checkGroup(name));
        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertTrue(fault.getMessage().contains("'" + name + "'"), fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.example.new",
                "org.acme-corp",
                "org..example",
                "org.example.",
                "örg",
                "org.2d",
                "java",
                "java.lang",
                ""
            })
    void refusesWhatIsNoPackage(String name) {
        AtelierException fault = assertThrows(AtelierException.class, () -> DottedNames.checkPackage(name));
        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertTrue(fault.getMessage().contains("'" + name + "'"), fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.example", "a", "org.example.d2", "javac.x"})
    void takesAPackage(String name) {
        assertDoesNotThrow(() -> DottedNames.checkPackage(name));
    }
}
