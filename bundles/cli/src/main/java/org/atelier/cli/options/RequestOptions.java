package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.atelier.api.Faults;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCards;
import picocli.CommandLine.ArgGroup;

/** All options that define a set and its output, but not what its images show. */
public final class RequestOptions {

    @ArgGroup(validate = false, heading = "%nImages:%n")
    private ImageOptions images = new ImageOptions();

    @ArgGroup(validate = false, heading = "%nLoRAs:%n")
    private LoraOption lora = new LoraOption();

    @ArgGroup(validate = false, heading = "%nSampling and attention:%n")
    private GenerationOptions generation = new GenerationOptions();

    @ArgGroup(validate = false, heading = "%nStyle from reference images:%n")
    private ReferenceOptions references = new ReferenceOptions();

    @ArgGroup(validate = false, heading = "%nStyle cards:%n")
    private CardOptions card = new CardOptions();

    @ArgGroup(validate = false, heading = "%nText from images, speech, music and places:%n")
    private SetContextOptions contexts = new SetContextOptions();

    @ArgGroup(validate = false, heading = "%nShapes from images (ControlNet):%n")
    private ControlOptions controls = new ControlOptions();

    @ArgGroup(validate = false, heading = "%nStarting from a picture:%n")
    private InitImageOptions initImages = new InitImageOptions();

    @ArgGroup(validate = false, heading = "%nPanoramas:%n")
    private PanoramaOptions panoramas = new PanoramaOptions();

    @ArgGroup(validate = false, heading = "%nExecution:%n")
    private MachineOptions machine = new MachineOptions();

    @ArgGroup(validate = false, heading = "%nInput and output:%n")
    private OutputOptions output = new OutputOptions();

    public OutputOptions output() {
        return output;
    }

    public CardOptions card() {
        return card;
    }

    /** Returns the given options of the output, which have no effect if no images are generated. */
    public List<String> outputOptions() {
        return Stream.of(output.isFolderGiven() ? "--out" : "", card.isSaved() ? "--save-style" : "")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Whether to download missing models. */
    public boolean pull() {
        return images.pull();
    }

    /** Describes the attention options that the strength sets, if one is given. */
    public Optional<String> describeStrength(SetRequest request, StrengthPresets presets) {
        return references.describeStrength(request, presets);
    }

    /**
     * Returns the request: the style card or the request file, if one is given, overridden by the options.
     *
     * @param subject sets what the images show, over the request file
     * @param presets the attention options of each strength
     * @param folder the folder against which relative names are resolved
     * @param notes receives notes for the user
     * @param faults collects options that do not go together
     */
    public SetRequest request(
            Consumer<SetRequestBuilder> subject,
            RequestFormat format,
            StyleCards cards,
            ContextKinds kinds,
            StrengthPresets presets,
            Path folder,
            Consumer<String> notes,
            Faults faults) {
        Optional<Path> file = output.request(folder);
        SetRequest earlier = card.base(cards, folder, file.isPresent())
                .or(() -> file.map(path -> format.read(path, notes)))
                .orElseGet(() -> SetRequest.builder().build());
        SetRequestBuilder builder = earlier.toBuilder().items(earlier.openItems());
        subject.accept(builder);
        images.into(builder, faults);
        lora.into(builder, folder);
        references.into(builder, earlier.references().images(), folder, faults);
        contexts.into(builder, earlier, folder, kinds, faults);
        controls.into(builder, earlier, folder, faults);
        initImages.into(builder, folder);
        generation.into(builder, references, presets);
        panoramas.into(builder);
        machine.into(builder);
        output.into(builder);
        SetRequest request = builder.build();
        if (!output.quiet() && request.card() == null && keepsWhatImagesWouldChange(earlier, request)) {
            notes.accept("The request was resolved without references; its guidance scale and attention options"
                    + " are kept. Give --cfg-scale and --strength to use those of a set with references.");
        }
        return request;
    }

    /** A resolved request does not record which values were defaults, so they are kept. */
    private static boolean keepsWhatImagesWouldChange(SetRequest earlier, SetRequest request) {
        return earlier.references().isEmpty()
                && !request.references().isEmpty()
                && earlier.sampling().cfgScale() != null
                && earlier.sampling().cfgScale().equals(request.sampling().cfgScale());
    }
}
