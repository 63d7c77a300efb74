package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.Faults;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleSharing;
import picocli.CommandLine.Option;

/** The options of reference images. */
final class ReferenceOptions {

    /** The text after the last equals sign is a weight only if it is a number, as file names may contain that sign. */
    private static final Pattern WEIGHTED = Pattern.compile("(.+)=([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)");

    @Option(
            names = "--reference",
            paramLabel = "FILE[=WEIGHT]",
            description = "A PNG, JPEG or WebP image whose style the set takes, and its weight; repeatable.")
    private List<String> files = List.of();

    @Option(
            names = "--reference-prompt",
            paramLabel = "TEXT",
            description = "The prompt of a reference; one for each, in order.")
    private List<String> prompts = List.of();

    @Option(
            names = "--content",
            paramLabel = "FILE",
            description = "A PNG, JPEG or WebP image that is redrawn in the style of the one --reference; repeatable."
                    + " For --attention injection; prompts are then optional, one for each.")
    private List<String> contents = List.of();

    @Option(
            names = "--blend",
            paramLabel = "NAME",
            description = "How several references are combined. Default: ${bundle:default.blend}.")
    private String blend;

    @Option(
            names = "--blend-option",
            paramLabel = "KEY=VALUE",
            description = "An option of the blend; repeatable. An unknown key lists the available ones.")
    private Map<String, String> blendOptions = new LinkedHashMap<>();

    @Option(
            names = "--inversion-method",
            paramLabel = "NAME",
            description = "How the noisy latents of references are computed: ddim or noise. Default:"
                    + " ${bundle:default.inversion_method}.")
    private InversionMethod inversionMethod;

    @Option(
            names = "--inversion-steps",
            paramLabel = "N",
            description = "Steps of the DDIM inversion of references. Default: ${bundle:default.inversion_steps}.")
    private Integer inversionSteps;

    @Option(
            names = "--inversion-cfg",
            paramLabel = "X",
            description = "Guidance scale of the inversion. Default: ${bundle:default.inversion_cfg}.")
    private Double inversionCfg;

    @Option(
            names = "--inversion-offset",
            paramLabel = "N",
            description =
                    "Number of the noisiest steps of a reference to skip. Default: ${bundle:default.inversion_offset}.")
    private Integer inversionOffset;

    @Option(
            names = "--strength",
            paramLabel = "NAME",
            description = "How strongly the style is applied: a name that stands for options of the attention strategy,"
                    + " which override it. An unknown name lists those of the strategy.")
    private String strength;

    @Option(
            names = "--style-from",
            paramLabel = "X",
            description =
                    "The fraction of the steps at which style sharing starts. Default: ${bundle:default.style_from}.")
    private Double styleFrom;

    @Option(
            names = "--style-to",
            paramLabel = "X",
            description = "The fraction of the steps at which style sharing ends. Default: ${bundle:default.style_to}.")
    private Double styleTo;

    /**
     * Sets the fields of the request.
     *
     * @param earlier the references of the request file
     * @param folder the folder against which relative names are resolved
     * @param faults collects options that do not go together
     */
    void into(SetRequestBuilder request, List<ReferenceFile> earlier, Path folder, Faults faults) {
        List<ReferenceFile> references = references(earlier, folder, faults);
        request.references(references);
        contentsInto(request, contents, folder);
        blendInto(request);
        OptionValue.ifGiven(inversionMethod, request::inversionMethod);
        OptionValue.ifGiven(inversionSteps, request::inversionSteps);
        OptionValue.ifGiven(inversionCfg, request::inversionCfg);
        OptionValue.ifGiven(inversionOffset, request::inversionOffset);
        OptionValue.ifGiven(styleFrom, request::styleFrom);
        OptionValue.ifGiven(styleTo, request::styleTo);
    }

    /** Sets the content images, if any are given. The items of the request file belong to its own content images. */
    static void contentsInto(SetRequestBuilder request, List<String> files, Path folder) {
        if (files.isEmpty()) {
            return;
        }
        SetRequest earlier = request.build();
        if (!earlier.references().contents().isEmpty()
                && earlier.items().stream().allMatch(item -> item.prompt().isBlank())) {
            request.items(List.of());
        }
        request.contents(files.stream()
                .map(file -> ImageFile.of(
                        folder.resolve(file).toAbsolutePath().normalize().toString()))
                .toList());
    }

    private void blendInto(SetRequestBuilder request) {
        // The options of the request file belong to the blend it names, not to this one.
        Map<String, Object> options =
                new LinkedHashMap<>(blend == null ? request.build().references().blendOptions() : Map.of());
        options.putAll(blendOptions);
        OptionValue.ifGiven(blend, request::blend);
        request.blendOptions(options);
    }

    /** Sets the strength, and removes the options of the request file that it would set. */
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

    /** Describes the strength in one sentence, if one is given and the attention strategy supports it. */
    Optional<String> describeStrength(SetRequest request, StrengthPresets presets) {
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
                        + ", unless overridden by an attention option.");
    }

    private List<ReferenceFile> references(List<ReferenceFile> earlier, Path folder, Faults faults) {
        List<ReferenceFile> named = files.isEmpty()
                ? earlier
                : files.stream().map(text -> parsed(text, folder)).toList();
        faults.require(
                prompts.size() <= named.size(),
                "There are %d --reference-prompt for %d --reference; give at most one for each."
                        .formatted(prompts.size(), named.size()));
        List<ReferenceFile> prompted = new ArrayList<>(named);
        for (int i = 0; i < Math.min(prompts.size(), named.size()); i++) {
            ReferenceFile reference = named.get(i);
            prompted.set(
                    i, new ReferenceFile(reference.file(), prompts.get(i), reference.weight(), reference.sha256()));
        }
        return prompted;
    }

    /** Whether a weight is behind the file. */
    static boolean hasWeight(String text) {
        return WEIGHTED.matcher(text).matches();
    }

    /** A file with an optional weight behind it, relative to a folder. */
    static ReferenceFile parsed(String text, Path folder) {
        Matcher weighted = WEIGHTED.matcher(text);
        boolean hasWeight = weighted.matches();
        String file = hasWeight ? weighted.group(1) : text;
        double weight = hasWeight ? Double.parseDouble(weighted.group(2)) : 1;
        return new ReferenceFile(
                folder.resolve(file).toAbsolutePath().normalize().toString(), "", weight, null);
    }
}
