package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ${className}ContextTest {

    private static final List<String> WORDS = List.of("snow", "blossoms", "sun", "leaves");
    private static final Clock IN_AUTUMN = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "2026-12-01, snow, sun",
        "2026-02-28, snow, sun",
        "2026-03-01, blossoms, leaves",
        "2026-08-31, sun, snow",
        "today, leaves, blossoms"
    })
    void returnsTheTextOfTheSeason(String day, String northern, String southern) {
        assertEquals(northern, read(day, false));
        assertEquals(southern, read(day, true));
    }

    @Test
    void rejectsAnInvalidDate() {
        ${className}Context context = new ${className}Context(false, WORDS, IN_AUTUMN);
        AtelierException fault = assertThrows(AtelierException.class, () -> context.check("2026-02-30"));
        assertTrue(fault.getMessage().contains("2026-02-30"), fault.getMessage());
    }

    @Test
    void requiresTextsForFourSeasons() {
        assertThrows(AtelierException.class, () -> new ${className}Context(false, List.of("fog"), IN_AUTUMN));
    }

    private static String read(String day, boolean southern) {
        return new ${className}Context(southern, WORDS, IN_AUTUMN)
                .read(day, new ReadingListener() {})
                .text();
    }
}
