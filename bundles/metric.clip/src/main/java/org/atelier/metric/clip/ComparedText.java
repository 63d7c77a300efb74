package org.atelier.metric.clip;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.metric.MeasuredImage;

/** What an image is compared with. */
enum ComparedText {
    /** The object where it is known, else the whole prompt. */
    AUTO {
        @Override
        String of(MeasuredImage image) {
            return image.object() == null ? image.prompt() : image.object();
        }
    },
    /** The prompt without the style: what the set says, else the prompt up to its first comma. */
    OBJECT {
        @Override
        String of(MeasuredImage image) {
            return image.object() == null ? image.prompt().replaceFirst(",.*", "") : image.object();
        }
    },
    /** The whole prompt. */
    PROMPT {
        @Override
        String of(MeasuredImage image) {
            return image.prompt();
        }
    };

    /** Blank if the image has no such text. */
    abstract String of(MeasuredImage image);

    /**
     * The one with a name.
     *
     * @throws AtelierException INVALID_REQUEST if there is none
     */
    static ComparedText named(String name) {
        return Arrays.stream(values())
                .filter(text -> text.option().equals(name))
                .findFirst()
                .orElseThrow(() -> new AtelierException(
                        Code.INVALID_REQUEST,
                        "The option text of the metric 'clip' must be %s, not '%s'."
                                .formatted(
                                        Arrays.stream(values())
                                                .map(ComparedText::option)
                                                .collect(Collectors.joining(", ")),
                                        name)));
    }

    private String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
