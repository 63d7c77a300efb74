package org.atelier.context.summary;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.TextSummarizer;
import org.atelier.onnx.OnnxModels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Summarises a long text. T5: Raffel et al. 2020. */
@Designate(ocd = Options.class)
@Component(
        name = "org.atelier.context.summary",
        factory = TextSummarizer.FACTORY,
        factoryProperty = {Plugins.NAME + "=t5", Plugins.MODEL + "=model"})
public final class T5Summary implements TextSummarizer {

    private final OnnxModels models;
    private final Options options;

    /** @param models lease the model during a summary */
    @Activate
    public T5Summary(@Reference OnnxModels models, Options options) {
        this.models = models;
        this.options = options;
    }

    /** Loads the model. */
    @Override
    public void check() {
        open().close();
    }

    @Override
    public ContextText summarize(String text, ReadingListener listener) {
        if (text.isBlank()) {
            return new ContextText("", options.model(), null, List.of());
        }
        try (Summarizer summarizer = open()) {
            Summary summary = summarizer.summarize(text.strip(), listener::cancelled);
            listener.progressed(1);
            List<ContextText.Part> parts = new ArrayList<>();
            if (!summary.text().isEmpty()) {
                parts.add(new ContextText.Part("summary", summary.text(), summary.confidence()));
            }
            if (!summary.unread().isEmpty()) {
                parts.add(new ContextText.Part("not read", summary.unread(), null));
            }
            return new ContextText(
                    summary.text(), options.model(), summary.text().isEmpty() ? null : summary.confidence(), parts);
        }
    }

    private Summarizer open() {
        return Summarizer.open(models.lease(options.model()), options);
    }
}
