package org.atelier.cli.options;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleSharing;
import picocli.CommandLine.Option;

/** The images whose style a set takes, and how. */
final class ReferenceOptions {

    /** What follows the last equals sign is a weight only if it is a number: names may hold that sign. */
    private static final Pattern WEIGHTED = Pattern.compile("(.+)=([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)");

    @Option(
            names = "--reference",
            paramLabel = "FILE[=WEIGHT]",
            description = "A PNG, JPEG or WebP whose style the set takes, and its share of it; repeatable.")
    private List<String> files = List.of();

    @Option(
            names = "--reference-prompt",
            paramLabel = "TEXT",
            description = "What the reference shows; one for each, in order.")
    private List<String> prompts = List.of();

    @Option(
            names = "--blend",
            paramLabel = "NAME",
            description = "What makes one of several references. Default: ${bundle:default.blend}.")
    private String blend;

    @Option(
            names = "--blend-option",
            paramLabel = "KEY=VALUE",
            description = "An option of the blend; repeatable. An unknown key lists the known ones.")
    private Map<String, String> blendOptions = new LinkedHashMap<>();

    @Option(
            names = "--inversion-steps",
            paramLabel = "N",
            description = "Steps that bring a reference to noise. Default: ${bundle:default.inversion_steps}.")
    private Integer inversionSteps;

    @Option(
            names = "--inversion-cfg",
            paramLabel = "X",
            description = "Guidance of the inversion. Default: ${bundle:default.inversion_cfg}.")
    private Double inversionCfg;

    @Option(
            names = "--inversion-offset",
            paramLabel = "N",
            description =
                    "How many of the noisiest steps of a reference are left out. Default: ${bundle:default.inversion_offset}.")
    private Integer inversionOffset;

    @Option(
            names = "--strength",
            paramLabel = "NAME",
            description = "subtle, normal, strong or famous, for an image that the model knows by heart."
                    + " Attention options override it.")
    private String strength;

    @Option(
            names = "--style-from",
            paramLabel = "X",
            description =
                    "The fraction of the steps after which style is shared. Default: ${bundle:default.style_from}.")
    private Double styleFrom;

    @Option(
            names = "--style-to",
            paramLabel = "X",
            description = "The fraction of the steps after which it no longer is. Default: ${bundle:default.style_to}.")
    private Double styleTo;

    /**
     * Fills in the request.
     *
     * @param earlier what the request file says of references
     * @param folder that names of files start from
     */
    void into(SetRequestBuilder request, List<ReferenceFile> earlier, Path folder) {
        List<ReferenceFile> references = references(earlier, folder);
        request.references(references);
        blendInto(request);
        Given.pass(inversionSteps, request::inversionSteps);
        Given.pass(inversionCfg, request::inversionCfg);
        Given.pass(inversionOffset, request::inversionOffset);
        Given.pass(styleFrom, request::styleFrom);
        Given.pass(styleTo, request::styleTo);
    }

    private void blendInto(SetRequestBuilder request) {
        // Another blend has other options: those of a request file were for its own.
        Map<String, Object> options =
                new LinkedHashMap<>(blend == null ? request.build().references().blendOptions() : Map.of());
        options.putAll(blendOptions);
        Given.pass(blend, request::blend);
        request.blendOptions(options);
    }

    /** The strength, which replaces the options that it stands for where a request file gave others. */
    void strengthInto(SetRequestBuilder request, StrengthPresets presets) {
        if (strength != null) {
            StyleSharing earlier = request.build().sharing();
            Map<String, Object> options = new LinkedHashMap<>(earlier.attentionOptions());
            options.keySet()
                    .removeAll(presets.options(earlier.attention(), strength, false)
                            .keySet());
            request.strength(strength).attentionOptions(options);
        }
    }

    /** One sentence that says what the strength is, if one was asked for and the attention has it. */
    Optional<String> strengthInWords(SetRequest request, StrengthPresets presets) {
        if (strength == null) {
            return Optional.empty();
        }
        Map<String, String> options = presets.options(
                request.sharing().attention(), strength, !request.references().isEmpty());
        return options.isEmpty()
                ? Optional.empty()
                : Optional.of("Strength " + strength + " is "
                        + options.entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .collect(Collectors.joining(", "))
                        + ", unless an attention option says otherwise.");
    }

    private List<ReferenceFile> references(List<ReferenceFile> earlier, Path folder) {
        List<ReferenceFile> named = files.isEmpty()
                ? earlier
                : files.stream().map(text -> parsed(text, folder)).toList();
        if (prompts.size() > named.size()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "There are %d --reference-prompt for %d --reference; each reference takes one."
                            .formatted(prompts.size(), named.size()));
        }
        List<ReferenceFile> prompted = new ArrayList<>(named);
        for (int i = 0; i < prompts.size(); i++) {
            ReferenceFile reference = named.get(i);
            prompted.set(
                    i, new ReferenceFile(reference.file(), prompts.get(i), reference.weight(), reference.sha256()));
        }
        return prompted;
    }

    private static ReferenceFile parsed(String text, Path folder) {
        Matcher weighted = WEIGHTED.matcher(text);
        boolean hasWeight = weighted.matches();
        String file = hasWeight ? weighted.group(1) : text;
        double weight = hasWeight ? Double.parseDouble(weighted.group(2)) : 1;
        return new ReferenceFile(
                folder.resolve(file).toAbsolutePath().normalize().toString(), "", weight, null);
    }
}
