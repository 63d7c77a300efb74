package org.example.calendar;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.ContextText;

/** A day of the year as its season's weather. */
public final class Calendar implements ContextSource {

    private static final List<String> SEASONS =
            List.of("snowy weather", "rainy weather", "sunny weather", "foggy weather");

    @Override
    public void check(String day) {
        date(day);
    }

    @Override
    public ContextText read(String day, ReadingListener listener) {
        LocalDate date = date(day);
        String season = SEASONS.get(date.getMonthValue() % 12 / 3);
        return new ContextText(season, "calendar", 1.0, List.of(new ContextText.Part("date", date.toString(), null)));
    }

    private static LocalDate date(String day) {
        try {
            return day.equals("today") ? LocalDate.now() : LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, "There is no day '" + day + "'; write 2026-11-21.", e);
        }
    }
}
