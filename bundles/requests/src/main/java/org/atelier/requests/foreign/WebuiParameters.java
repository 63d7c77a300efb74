package org.atelier.requests.foreign;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.metadata.GenerationParameters;

/**
 * The parameters as stable-diffusion-webui and its descendants write them: the prompt, the negative prompt, and a last line
 * of settings. PNG has them as {@code parameters}, JPEG and WebP as the user's comment.
 */
final class WebuiParameters {

    private static final List<String> KEYWORDS = List.of("parameters", "EXIF UserComment", "comment");
    private static final String NEGATIVE = "Negative prompt:";

    /** The expression by which the program reads its own settings. */
    private static final Pattern SETTING =
            Pattern.compile("\\s*(\\w[\\w \\-/]+):\\s*(\"(?:\\\\.|[^\\\\\"])+\"|[^,]*)(?:,|$)");

    private static final Pattern LAST_LINE = Pattern.compile("(?:^|.*[,\\s])Steps: *\\d+(?:,.*|\\s*)", Pattern.DOTALL);

    private WebuiParameters() {}

    static Optional<GenerationParameters> in(Map<String, String> texts) {
        return KEYWORDS.stream()
                .flatMap(keyword -> Stream.ofNullable(texts.get(keyword)))
                .flatMap(text -> parsed(text).stream())
                .findFirst();
    }

    private static Optional<GenerationParameters> parsed(String text) {
        List<String> lines = text.strip().lines().toList();
        if (lines.isEmpty() || !LAST_LINE.matcher(lines.get(lines.size() - 1)).matches()) {
            return Optional.empty();
        }
        StringBuilder prompt = new StringBuilder();
        StringBuilder negative = new StringBuilder();
        StringBuilder current = prompt;
        for (String line : lines.subList(0, lines.size() - 1)) {
            String part = line.strip();
            if (part.startsWith(NEGATIVE)) {
                current = negative;
                part = part.substring(NEGATIVE.length()).strip();
            }
            current.append(current.isEmpty() ? "" : "\n").append(part);
        }
        return Optional.of(new GenerationParameters(
                "stable-diffusion-webui",
                prompt.toString(),
                negative.toString(),
                settings(lines.get(lines.size() - 1))));
    }

    private static Map<String, String> settings(String line) {
        Map<String, String> settings = new LinkedHashMap<>();
        Matcher matcher = SETTING.matcher(line);
        while (matcher.find()) {
            settings.putIfAbsent(matcher.group(1), unquoted(matcher.group(2).strip()));
        }
        return settings;
    }

    private static String unquoted(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        try {
            return JsonParser.parseString(value).getAsString();
        } catch (JsonParseException | IllegalStateException e) {
            return value;
        }
    }
}
