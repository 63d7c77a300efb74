package org.atelier.api.set;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills in a {@link SetRequest}; what is not named keeps its default. */
public final class SetRequestBuilder {
    private String model = "sketchbook";
    private List<SetItem> items = List.of();
    private String style = "";
    private String negativePrompt;
    private Long seed;
    private int steps = 50;
    private Double cfgScale;
    private String sampler = "ddim";
    private Integer width;
    private Integer height;
    private String attention = "shared";
    private Map<String, Object> attentionOptions = new LinkedHashMap<>();
    private List<ReferenceFile> references = List.of();
    private List<ContextInput> contexts = List.of();
    private ContextSummary summary = ContextSummary.AUTO;
    private List<ControlPicture> controls = List.of();
    private ControlRules controlRules = ControlRules.DEFAULT;
    private String blend = "slerp";
    private Map<String, Object> blendOptions = Map.of();
    private Integer inversionSteps;
    private double inversionCfg = 2;
    private Integer inversionOffset;
    private StyleCardFile card;
    private double styleFrom = 0;
    private double styleTo = 1;
    private Integer chunk;
    private String dtype;
    private String device;
    private boolean metadata = true;

    /** Filled in with defaults. */
    SetRequestBuilder() {}

    /** Filled in as a request is. */
    SetRequestBuilder(SetRequest request) {
        this.model = request.model();
        this.items = request.items();
        this.style = request.style();
        this.negativePrompt = request.negativePrompt();
        this.seed = request.seed();
        this.steps = request.steps();
        this.cfgScale = request.cfgScale();
        this.sampler = request.sampler();
        this.width = request.width();
        this.height = request.height();
        this.attention = request.attention();
        this.attentionOptions = new LinkedHashMap<>(request.attentionOptions());
        this.references = request.references();
        this.contexts = request.contexts();
        this.summary = request.summary();
        this.controls = request.controls();
        this.controlRules = request.controlRules();
        this.blend = request.blend();
        this.blendOptions = request.blendOptions();
        this.inversionSteps = request.inversionSteps();
        this.inversionCfg = request.inversionCfg();
        this.inversionOffset = request.inversionOffset();
        this.card = request.card();
        this.styleFrom = request.styleFrom();
        this.styleTo = request.styleTo();
        this.chunk = request.chunk();
        this.dtype = request.dtype();
        this.device = request.device();
        this.metadata = request.metadata();
    }

    public SetRequestBuilder model(String nameOrFolder) {
        this.model = nameOrFolder;
        return this;
    }

    public SetRequestBuilder items(List<SetItem> onePerPicture) {
        this.items = List.copyOf(onePerPicture);
        return this;
    }

    /** Pictures that have nothing of their own but a prompt. */
    public SetRequestBuilder prompts(List<String> onePerPicture) {
        return items(onePerPicture.stream().map(SetItem::of).toList());
    }

    public SetRequestBuilder prompts(String... onePerPicture) {
        return prompts(List.of(onePerPicture));
    }

    public SetRequestBuilder style(String text) {
        this.style = text;
        return this;
    }

    public SetRequestBuilder negativePrompt(String text) {
        this.negativePrompt = text;
        return this;
    }

    public SetRequestBuilder seed(Long first) {
        this.seed = first;
        return this;
    }

    public SetRequestBuilder steps(int count) {
        this.steps = count;
        return this;
    }

    public SetRequestBuilder cfgScale(double scale) {
        this.cfgScale = scale;
        return this;
    }

    public SetRequestBuilder sampler(String name) {
        this.sampler = name;
        return this;
    }

    public SetRequestBuilder width(Integer pixels) {
        this.width = pixels;
        return this;
    }

    public SetRequestBuilder height(Integer pixels) {
        this.height = pixels;
        return this;
    }

    public SetRequestBuilder attention(String name) {
        this.attention = name;
        return this;
    }

    public SetRequestBuilder attentionOption(String name, Object value) {
        this.attentionOptions.put(name, value);
        return this;
    }

    public SetRequestBuilder attentionOptions(Map<String, ?> options) {
        this.attentionOptions = new LinkedHashMap<>(options);
        return this;
    }

    public SetRequestBuilder references(List<ReferenceFile> pictures) {
        this.references = List.copyOf(pictures);
        return this;
    }

    public SetRequestBuilder references(ReferenceFile... pictures) {
        return references(List.of(pictures));
    }

    public SetRequestBuilder contexts(List<ContextInput> inputs) {
        this.contexts = List.copyOf(inputs);
        return this;
    }

    public SetRequestBuilder contexts(ContextInput... inputs) {
        return contexts(List.of(inputs));
    }

    public SetRequestBuilder summary(ContextSummary kind) {
        this.summary = kind;
        return this;
    }

    public SetRequestBuilder controls(List<ControlPicture> pictures) {
        this.controls = List.copyOf(pictures);
        return this;
    }

    public SetRequestBuilder controls(ControlPicture... pictures) {
        return controls(List.of(pictures));
    }

    public SetRequestBuilder controlRules(ControlRules rules) {
        this.controlRules = rules;
        return this;
    }

    public SetRequestBuilder blend(String name) {
        this.blend = name;
        return this;
    }

    public SetRequestBuilder blendOptions(Map<String, Object> options) {
        this.blendOptions = options;
        return this;
    }

    public SetRequestBuilder inversionSteps(Integer count) {
        this.inversionSteps = count;
        return this;
    }

    public SetRequestBuilder inversionCfg(double scale) {
        this.inversionCfg = scale;
        return this;
    }

    public SetRequestBuilder inversionOffset(Integer latents) {
        this.inversionOffset = latents;
        return this;
    }

    public SetRequestBuilder card(StyleCardFile file) {
        this.card = file;
        return this;
    }

    public SetRequestBuilder styleFrom(double fraction) {
        this.styleFrom = fraction;
        return this;
    }

    public SetRequestBuilder styleTo(double fraction) {
        this.styleTo = fraction;
        return this;
    }

    public SetRequestBuilder chunk(Integer pictures) {
        this.chunk = pictures;
        return this;
    }

    public SetRequestBuilder dtype(String name) {
        this.dtype = name;
        return this;
    }

    public SetRequestBuilder device(String name) {
        this.device = name;
        return this;
    }

    public SetRequestBuilder metadata(boolean kept) {
        this.metadata = kept;
        return this;
    }

    public SetRequest build() {
        return new SetRequest(
                model,
                items,
                style,
                negativePrompt,
                seed,
                steps,
                cfgScale,
                sampler,
                width,
                height,
                attention,
                attentionOptions,
                references,
                contexts,
                summary,
                controls,
                controlRules,
                blend,
                blendOptions,
                inversionSteps,
                inversionCfg,
                inversionOffset,
                card,
                styleFrom,
                styleTo,
                chunk,
                dtype,
                device,
                metadata);
    }
}
