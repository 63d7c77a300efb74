package org.atelier.api.set;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.model.LoraInput;
import org.atelier.api.model.ModelFile;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.region.Region;
import org.atelier.api.region.Regions;

/** Builds a {@link SetRequest}; values that are not set have their defaults. */
public final class SetRequestBuilder {
    private String model;
    private String modelSha256;
    private String modelConfig;
    private ModelFile vae;
    private List<LoraInput> loras;
    private int clipSkip;
    private String prediction;
    private List<SetItem> items;
    private String style;
    private String negativePrompt;
    private Long seed;
    private Integer steps;
    private Double cfgScale;
    private double guidanceRescale;
    private String sampler;
    private Map<String, Object> samplerOptions;
    private Integer width;
    private Integer height;
    private String attention;
    private String strength;
    private Map<String, Object> attentionOptions;
    private double styleFrom;
    private double styleTo;
    private List<ReferenceFile> references;
    private List<ImageFile> contents;
    private String blend;
    private Map<String, Object> blendOptions;
    private InversionMethod inversionMethod;
    private Integer inversionSteps;
    private Double inversionCfg;
    private Integer inversionOffset;
    private StyleCardFile card;
    private List<ContextInput> contexts;
    private ContextSummary summary;
    private List<ControlInput> controls;
    private boolean controlGuess;
    private boolean controlReference;
    private String controlPromptSource;
    private List<ImageFile> initImages;
    private Double denoise;
    private List<ImageFile> masks;
    private int maskBlur;
    private Panorama panorama;
    private List<Region> regions;
    private double regionBootstrapping;
    private Integer chunk;
    private String dtype;
    private String device;
    private boolean metadata;

    /** A builder with the values of a request. */
    SetRequestBuilder(SetRequest request) {
        this.model = request.model();
        this.modelSha256 = request.modelOptions().sha256();
        this.modelConfig = request.modelOptions().config();
        this.vae = request.modelOptions().vae();
        this.loras = request.modelOptions().loras();
        this.clipSkip = request.modelOptions().clipSkip();
        this.prediction = request.modelOptions().prediction();
        this.items = request.items();
        this.style = request.style();
        this.negativePrompt = request.negativePrompt();
        this.seed = request.seed();
        this.steps = request.sampling().steps();
        this.cfgScale = request.sampling().cfgScale();
        this.guidanceRescale = request.sampling().guidanceRescale();
        this.sampler = request.sampling().sampler();
        this.samplerOptions = new LinkedHashMap<>(request.sampling().samplerOptions());
        this.width = request.sampling().width();
        this.height = request.sampling().height();
        this.attention = request.sharing().attention();
        this.strength = request.sharing().strength();
        this.attentionOptions = new LinkedHashMap<>(request.sharing().attentionOptions());
        this.styleFrom = request.sharing().from();
        this.styleTo = request.sharing().to();
        this.references = request.references().images();
        this.contents = request.references().contents();
        this.blend = request.references().blend();
        this.blendOptions = request.references().blendOptions();
        this.inversionMethod = request.inversion().method();
        this.inversionSteps = request.inversion().steps();
        this.inversionCfg = request.inversion().cfgScale();
        this.inversionOffset = request.inversion().offset();
        this.card = request.card();
        this.contexts = request.contexts().inputs();
        this.summary = request.contexts().summary();
        this.controls = request.controls().images();
        controlRules(request.controls().rules());
        this.initImages = request.initImages().images();
        this.denoise = request.initImages().denoise();
        this.masks = request.initImages().masks();
        this.maskBlur = request.initImages().maskBlur();
        this.panorama = request.panorama();
        this.regions = request.regions().list();
        this.regionBootstrapping = request.regions().bootstrapping();
        this.chunk = request.execution().chunk();
        this.dtype = request.execution().dtype();
        this.device = request.execution().device();
        this.metadata = request.output().metadata();
    }

    public SetRequestBuilder model(String nameOrPath) {
        this.model = nameOrPath;
        return this;
    }

    public SetRequestBuilder modelSha256(String hash) {
        this.modelSha256 = hash;
        return this;
    }

    public SetRequestBuilder modelConfig(String nameOrFolder) {
        this.modelConfig = nameOrFolder;
        return this;
    }

    public SetRequestBuilder vae(ModelFile autoencoder) {
        this.vae = autoencoder;
        return this;
    }

    public SetRequestBuilder loras(List<LoraInput> added) {
        this.loras = List.copyOf(added);
        return this;
    }

    public SetRequestBuilder loras(LoraInput... added) {
        return loras(List.of(added));
    }

    public SetRequestBuilder clipSkip(int layers) {
        this.clipSkip = layers;
        return this;
    }

    public SetRequestBuilder prediction(String name) {
        this.prediction = name;
        return this;
    }

    public SetRequestBuilder items(List<SetItem> onePerImage) {
        this.items = List.copyOf(onePerImage);
        return this;
    }

    /** Images with a prompt and the set's settings. */
    public SetRequestBuilder prompts(List<String> onePerImage) {
        return items(onePerImage.stream().map(SetItem::of).toList());
    }

    public SetRequestBuilder prompts(String... onePerImage) {
        return prompts(List.of(onePerImage));
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

    public SetRequestBuilder steps(Integer count) {
        this.steps = count;
        return this;
    }

    public SetRequestBuilder cfgScale(double scale) {
        this.cfgScale = scale;
        return this;
    }

    public SetRequestBuilder guidanceRescale(double share) {
        this.guidanceRescale = share;
        return this;
    }

    public SetRequestBuilder sampler(String name) {
        this.sampler = name;
        return this;
    }

    public SetRequestBuilder samplerOption(String name, Object value) {
        this.samplerOptions.put(name, value);
        return this;
    }

    public SetRequestBuilder samplerOptions(Map<String, ?> options) {
        this.samplerOptions = new LinkedHashMap<>(options);
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

    public SetRequestBuilder strength(String preset) {
        this.strength = preset;
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

    public SetRequestBuilder references(List<ReferenceFile> images) {
        this.references = List.copyOf(images);
        return this;
    }

    public SetRequestBuilder references(ReferenceFile... images) {
        return references(List.of(images));
    }

    public SetRequestBuilder contents(List<ImageFile> images) {
        this.contents = List.copyOf(images);
        return this;
    }

    public SetRequestBuilder contents(ImageFile... images) {
        return contents(List.of(images));
    }

    public SetRequestBuilder contexts(List<ContextInput> inputs) {
        this.contexts = List.copyOf(inputs);
        return this;
    }

    public SetRequestBuilder contexts(ContextInput... inputs) {
        return contexts(List.of(inputs));
    }

    public SetRequestBuilder summary(ContextSummary contextSummary) {
        this.summary = contextSummary;
        return this;
    }

    public SetRequestBuilder controls(List<ControlInput> images) {
        this.controls = List.copyOf(images);
        return this;
    }

    public SetRequestBuilder controls(ControlInput... images) {
        return controls(List.of(images));
    }

    public SetRequestBuilder controlRules(ControlRules rules) {
        this.controlGuess = rules.guess();
        this.controlReference = rules.reference();
        this.controlPromptSource = rules.promptSource();
        return this;
    }

    public SetRequestBuilder controlGuess(boolean guessMode) {
        this.controlGuess = guessMode;
        return this;
    }

    public SetRequestBuilder controlReference(boolean controlled) {
        this.controlReference = controlled;
        return this;
    }

    public SetRequestBuilder controlPromptSource(String source) {
        this.controlPromptSource = source;
        return this;
    }

    public SetRequestBuilder initImages(List<ImageFile> images) {
        this.initImages = List.copyOf(images);
        return this;
    }

    public SetRequestBuilder initImages(ImageFile... images) {
        return initImages(List.of(images));
    }

    public SetRequestBuilder denoise(Double strength) {
        this.denoise = strength;
        return this;
    }

    public SetRequestBuilder masks(List<ImageFile> images) {
        this.masks = List.copyOf(images);
        return this;
    }

    public SetRequestBuilder masks(ImageFile... images) {
        return masks(List.of(images));
    }

    public SetRequestBuilder maskBlur(int pixels) {
        this.maskBlur = pixels;
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

    public SetRequestBuilder inversionMethod(InversionMethod method) {
        this.inversionMethod = method;
        return this;
    }

    public SetRequestBuilder inversionSteps(Integer count) {
        this.inversionSteps = count;
        return this;
    }

    public SetRequestBuilder inversionCfg(Double scale) {
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

    public SetRequestBuilder panorama(Panorama windows) {
        this.panorama = windows;
        return this;
    }

    public SetRequestBuilder panorama(boolean enabled) {
        return panorama(new Panorama(enabled, panorama.stride(), panorama.circular()));
    }

    public SetRequestBuilder panoramaStride(Integer pixels) {
        return panorama(new Panorama(panorama.enabled(), pixels, panorama.circular()));
    }

    public SetRequestBuilder panoramaCircular(boolean circular) {
        return panorama(new Panorama(panorama.enabled(), panorama.stride(), circular));
    }

    public SetRequestBuilder regions(List<Region> parts) {
        this.regions = List.copyOf(parts);
        return this;
    }

    public SetRequestBuilder regions(Region... parts) {
        return regions(List.of(parts));
    }

    public SetRequestBuilder regionBootstrapping(double share) {
        this.regionBootstrapping = share;
        return this;
    }

    public SetRequestBuilder chunk(Integer images) {
        this.chunk = images;
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

    public SetRequestBuilder metadata(boolean included) {
        this.metadata = included;
        return this;
    }

    public SetRequest build() {
        return new SetRequest(
                model,
                new ModelOptions(modelSha256, modelConfig, vae, loras, clipSkip, prediction),
                items,
                style,
                negativePrompt,
                seed,
                new Sampling(steps, cfgScale, guidanceRescale, sampler, samplerOptions, width, height),
                new StyleSharing(attention, strength, attentionOptions, styleFrom, styleTo),
                new StyleReferences(references, contents, blend, blendOptions),
                new Inversion(inversionMethod, inversionSteps, inversionCfg, inversionOffset),
                card,
                new Contexts(contexts, summary),
                new Controls(controls, new ControlRules(controlGuess, controlReference, controlPromptSource)),
                new InitImages(initImages, denoise, masks, maskBlur),
                panorama,
                new Regions(regions, regionBootstrapping),
                new Execution(chunk, dtype, device),
                new ImageOutput(metadata));
    }
}
