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

/** Turns a date, or {@code today}, into the typical weather of its season. */
@Designate(ocd = ${className}Context.Options.class)
@Component(factory = ContextSource.FACTORY, factoryProperty = Plugins.NAME + "=${artifactId}")
public final class ${className}Context implements ContextSource {

    /** The options, set by {@code --context-option ${artifactId}.southern=true}. */
    @ObjectClassDefinition(name = "${artifactId}", description = "Text for the season of a date, 2026-11-21 or today.")
    public @interface Options {

        @AttributeDefinition(name = "Southern", description = "Whether to use the seasons of the southern hemisphere.")
        boolean southern() default false;

        @AttributeDefinition(name = "Words", description = "The texts for winter, spring, summer and autumn, in this order.")
        String[] words() default {"snowy weather", "rainy weather", "sunny weather", "foggy weather"};
    }

    private static final int SEASONS = 4;
    private static final int MONTHS_OF_A_SEASON = 3;

    private final boolean southern;
    private final List<String> words;
    private final Clock clock;

    /** Creates the instance for one set; the types of the options have been validated. */
    @Activate
    public ${className}Context(Options options) {
        this(options.southern(), List.of(options.words()), Clock.systemDefaultZone());
    }

    ${className}Context(boolean southern, List<String> words, Clock clock) {
        if (words.size() != SEASONS) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "${artifactId}.words must have four texts, one for each season,"
                    + " separated by commas.");
        }
        this.southern = southern;
        this.words = words;
        this.clock = clock;
    }

    /** Called for every input of a set before the first is read. */
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
                    Code.INPUT_UNREADABLE, "'" + day + "' is not a valid date: give it as in 2026-11-21, or today.", e);
        }
    }
}
