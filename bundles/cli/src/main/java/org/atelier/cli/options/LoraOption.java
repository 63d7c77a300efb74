package org.atelier.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.model.LoraInput;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The option of LoRAs. */
final class LoraOption {

    private static final String NUMBER = "([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)";

    /** The text after the last equals sign has strengths only if it has numbers, as file names may contain that sign. */
    private static final Pattern WITH_STRENGTH = Pattern.compile("(.+)=" + NUMBER + "(?::" + NUMBER + ")?");

    @Option(
            names = "--lora",
            paramLabel = "NAME|FILE[=UNET[:TEXT]]",
            description = "A LoRA to add to the model: an installed one (see atelier models) or a safetensors file, and"
                    + " its strengths in the UNet and in the text encoders; repeatable. Default: 1, and TEXT as UNET.")
    private List<String> loras = List.of();

    /** @param folder the folder against which relative names of files are resolved */
    void into(SetRequestBuilder request, Path folder) {
        if (!loras.isEmpty()) {
            request.loras(loras.stream().map(text -> parsed(text, folder)).toList());
        }
    }

    private static LoraInput parsed(String text, Path folder) {
        Matcher matcher = WITH_STRENGTH.matcher(text);
        if (!matcher.matches()) {
            return LoraInput.of(named(text, folder));
        }
        double unet = Double.parseDouble(matcher.group(2));
        double textEncoder = matcher.group(3) == null ? unet : Double.parseDouble(matcher.group(3));
        return new LoraInput(named(matcher.group(1), folder), unet, textEncoder, null);
    }

    /** A name with a separator or an extension is that of a file, if it exists; another is that of an installed LoRA. */
    private static String named(String name, Path folder) {
        boolean looksLikeFile = name.contains("/") || name.contains("\\") || name.endsWith(".safetensors");
        Path file = folder.resolve(name).toAbsolutePath().normalize();
        return looksLikeFile && Files.exists(file) ? file.toString() : name;
    }
}
