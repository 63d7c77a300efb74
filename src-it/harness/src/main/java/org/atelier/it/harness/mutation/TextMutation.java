package org.atelier.it.harness.mutation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Replaces, removes, repeats and nests the tokens and lines of JSON and YAML. */
public final class TextMutation implements Mutation {

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]++|\\\\.)*+\"|-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|[A-Za-z_][A-Za-z_0-9]*|[\\[\\]{},:]");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "0.5",
            "-0.0",
            "1e400",
            "1e-400",
            "NaN",
            "Infinity",
            "-Infinity",
            "9223372036854775808",
            "-9223372036854775809",
            "99999999999999999999999999999",
            "1.5",
            "2147483648",
            "\"\"",
            "\" \"",
            "\"a\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\u001b[31m\"",
            "\"\\u202e\"",
            "\"/\"",
            "\"..\"",
            "\"~\"",
            "\"NaN\"",
            "\"1\"",
            "\"/dev/zero\"",
            "\"%s%n\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\": null}",
            "[1, \"a\"]",
            "&a [*a]",
            "*a",
            "&a",
            "!!int",
            "!x",
            "<<: *a",
            "? :",
            "- -",
            "|",
            ">",
            "---",
            "...",
            "#",
            "\t",
            "'",
            "\"",
            "0x10",
            "0o7",
            "1_000",
            "2026-11-21",
            "yes",
            "~",
            ".inf",
            ".nan",
            "\uFEFF",
            "\u0085",
            "\u2028");

    @Override
    public byte[] of(byte[] input, List<byte[]> corpus, RandomGenerator random) {
        String text = new String(input, StandardCharsets.UTF_8);
        List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
        if (tokens.isEmpty()) {
            return corpus.get(random.nextInt(corpus.size())).clone();
        }
        MatchResult token = tokens.get(random.nextInt(tokens.size()));
        String value = VALUES.get(random.nextInt(VALUES.size()));
        String changed =
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> replaced(text, token, value);
                    case 3 -> replaced(text, token, "");
                    case 4 -> replaced(text, token, token.group() + value);
                    case 5 ->
                        replaced(
                                text,
                                token,
                                tokens.get(random.nextInt(tokens.size())).group());
                    case 6 -> lines(text, random);
                    default -> replaced(text, token, nested(token.group(), random));
                };
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private static String replaced(String text, MatchResult token, String by) {
        return text.substring(0, token.start()) + by + text.substring(token.end());
    }

    private static String nested(String token, RandomGenerator random) {
        int depth = 1 << random.nextInt(13);
        return switch (random.nextInt(3)) {
            case 0 -> "[".repeat(depth) + token + "]".repeat(depth);
            case 1 -> "{\"a\":".repeat(depth) + token + "}".repeat(depth);
            default -> token.repeat(Math.min(depth, 1000));
        };
    }

    private static String lines(String text, RandomGenerator random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int line = random.nextInt(lines.size());
        if (random.nextBoolean()) {
            lines.remove(line);
        } else {
            lines.add(random.nextInt(lines.size() + 1), lines.get(line));
        }
        return String.join("\n", lines);
    }
}
