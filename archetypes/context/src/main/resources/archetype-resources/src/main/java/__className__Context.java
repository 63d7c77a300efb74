package ${package};

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.ContextText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A day, or {@code today}, as the weather of its season. */
@Designate(ocd = ${className}Context.Options.class)
@Component(factory = ContextSource.FACTORY, factoryProperty = Plugins.NAME + "=${artifactId}")
public final class ${className}Context implements ContextSource {

    /** What a set may ask for: {@code --context-option ${artifactId}.southern=true}. */
    @ObjectClassDefinition(name = "${artifactId}", description = "The season of a day, 2026-11-21 or today, in words.")
    public @interface Options {

        @AttributeDefinition(name = "Southern", description = "Whether it is winter in July.")
        boolean southern() default false;

        @AttributeDefinition(name = "Words", description = "For winter, spring, summer and autumn, in this order.")
        String[] words() default {"snowy weather", "rainy weather", "sunny weather", "foggy weather"};
    }

    private static final int SEASONS = 4;
    private static final int MONTHS_OF_A_SEASON = 3;

    private final boolean southern;
    private final List<String> words;
    private final Clock clock;

    /** One instance reads for one set; the options are checked by their types before. */
    @Activate
    public ${className}Context(Options options) {
        this(options.southern(), List.of(options.words()), Clock.systemDefaultZone());
    }

    ${className}Context(boolean southern, List<String> words, Clock clock) {
        if (words.size() != SEASONS) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "There are four seasons: give ${artifactId}.words four, with commas.");
        }
        this.southern = southern;
        this.words = words;
        this.clock = clock;
    }

    /** Asked of every input of a set before the first is read. */
    @Override
    public void check(String day) {
        date(day);
    }

    @Override
    public ContextText read(String day, ReadingListener listener) {
        LocalDate date = date(day);
        int season = date.getMonthValue() / MONTHS_OF_A_SEASON + (southern ? SEASONS / 2 : 0);
        return new ContextText(
                words.get(season % SEASONS),
                "${artifactId}",
                null,
                List.of(new ContextText.Part("date", date.toString(), null)));
    }

    private LocalDate date(String day) {
        try {
            return day.equals("today") ? LocalDate.now(clock) : LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE, "There is no day '" + day + "': write it as in 2026-11-21, or today.", e);
        }
    }
}
