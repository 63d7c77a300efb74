package org.atelier.it.context.summary;

import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.TextSummarizer;
import org.atelier.it.harness.PluginFactory;

/**
 * Summarizes the text of system property {@code summary.text} as the studio does: with a model that is not there, with
 * that of {@code summary.model}, and with the reference system's options over the model's own.
 */
public final class SummaryProbe implements Callable<String>, ReadingListener {

    @Override
    public String call() throws Exception {
        String model = System.getProperty("summary.model");
        return textOf(Map.of("model", "t5-nowhere")) + "\n" + textOf(Map.of("model", model)) + "\n"
                + textOf(Map.of(
                        "model",
                        model,
                        "prefix",
                        "Summarize:",
                        "maxLength",
                        50L,
                        "minLength",
                        5L,
                        "lengthPenalty",
                        1.5,
                        "earlyStopping",
                        "yes",
                        "noRepeatNgramSize",
                        2L,
                        "beams",
                        4L));
    }

    private String textOf(Map<String, Object> options) throws Exception {
        try {
            return PluginFactory.<TextSummarizer>find(TextSummarizer.FACTORY, "t5")
                    .use(options, t5 -> t5.summarize(System.getProperty("summary.text"), this)
                            .text());
        } catch (AtelierException e) {
            return e.code() + " " + e.getMessage();
        }
    }
}
