package org.atelier.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ControlCharactersTest {

    @Test
    void showsEveryControlCharacterButLineBreaksAndTabs() {
        StringBuilder all = new StringBuilder();
        for (char unit = 0; unit < 0x100; unit++) {
            all.append(unit);
        }

        String shown = ControlCharacters.shown(all.toString());

        assertFalse(shown.chars().anyMatch(unit -> Character.isISOControl(unit) && unit != '\n' && unit != '\t'));
        assertEquals(
                "a\\u001b[31m\\u0007\\u007f\\u009b31m", ControlCharacters.shown("a\u001b[31m\u0007\u007f\u009b31m"));
    }

    @Test
    void showsACarriageReturnThatEndsNoLine() {
        assertEquals("a\\u000db\r\nc\\u000d", ControlCharacters.shown("a\rb\r\nc\r"));
    }

    @Test
    void showsWhatTurnsTheDirectionRound() {
        assertEquals("a\\u202eb\\u2066c\\u2028d", ControlCharacters.shown("a\u202eb\u2066c\u2028d"));
    }

    @Test
    void leavesEveryOtherTextAsItIs() {
        String text = "caf\u00e9 \u6771\u4eac \ud83c\udff0 \u0627\u0644\n\tb";

        assertSame(text, ControlCharacters.shown(text));
    }
}
