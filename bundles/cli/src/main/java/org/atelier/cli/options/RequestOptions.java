package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCards;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** All that says what a set is, where it goes and what is printed of it. */
public final class RequestOptions {

    @Mixin
    private Prompts prompts;

    @ArgGroup(validate = false, heading = "%nThe images:%n")
    private ImageOptions images = new ImageOptions();

    @ArgGroup(validate = false, heading = "%nHow they are generated:%n")
    private GenerationOptions generation = new GenerationOptions();

    @ArgGroup(validate = false, heading = "%nThe style, from images:%n")
    private ReferenceOptions references = new ReferenceOptions();

    @ArgGroup(validate = false, heading = "%nThe style, kept for later sets:%n")
    private CardOptions card = new CardOptions();

    @ArgGroup(validate = false, heading = "%nWords from images, voices, music and places:%n")
    private SetContextOptions contexts = new SetContextOptions();

    @ArgGroup(validate = false, heading = "%nThe shapes, from images:%n")
    private ControlOptions controls = new ControlOptions();

    @ArgGroup(validate = false, heading = "%nThe machine:%n")
    private MachineOptions machine = new MachineOptions();

    @ArgGroup(validate = false, heading = "%nThe files and the terminal:%n")
    private OutputOptions output = new OutputOptions();

    public OutputOptions output() {
        return output;
    }

    public CardOptions card() {
        return card;
    }

    /** Whether models that are missing are to be fetched. */
    public boolean pull() {
        return images.pull();
    }

    /** What the strength, if one is given, is in options. */
    public Optional<String> strengthInWords(SetRequest request, StrengthPresets presets) {
        return references.strengthInWords(request, presets);
    }

    /**
     * What the card or the file says, if there is one, and over it what the command line says.
     *
     * @param presets say for which options a strength stands
     * @param folder to which relative names refer
     * @param notes takes what the user should know
     */
    public SetRequest request(
            RequestFormat format,
            StyleCards cards,
            ContextKinds kinds,
            StrengthPresets presets,
            Path folder,
            Consumer<String> notes) {
        Optional<Path> file = output.request(folder);
        SetRequest earlier = card.hand(cards, folder, file.isPresent())
                .or(() -> file.map(format::read))
                .orElseGet(() -> SetRequest.builder().build());
        SetRequestBuilder builder = earlier.toBuilder().items(earlier.openItems());
        prompts.into(builder);
        images.into(builder);
        references.into(builder, earlier.references().images(), folder);
        contexts.into(builder, earlier, folder, kinds);
        controls.into(builder, earlier, folder);
        generation.into(builder, references, presets);
        machine.into(builder);
        output.into(builder);
        SetRequest request = builder.build();
        if (!output.quiet() && request.card() == null && keepsWhatImagesWouldChange(earlier, request)) {
            notes.accept("The request was settled without references: its guidance and attention options are kept."
                    + " Give --cfg-scale and --strength for those of a set from images.");
        }
        return request;
    }

    /** A settled value does not say whether the user or a default chose it, so it stays. */
    private static boolean keepsWhatImagesWouldChange(SetRequest earlier, SetRequest request) {
        return earlier.references().isEmpty()
                && !request.references().isEmpty()
                && earlier.sampling().cfgScale() != null
                && earlier.sampling().cfgScale().equals(request.sampling().cfgScale());
    }
}
