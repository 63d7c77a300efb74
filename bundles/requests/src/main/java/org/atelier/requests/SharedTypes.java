package org.atelier.requests;

import java.util.Map;

/** Types that fields of several objects have. */
final class SharedTypes {

    /** What every reader of JSON keeps whole. */
    private static final long LARGEST_EXACT = (1L << 53) - 1;

    private static final int LONGEST_PROMPT = 10_000;
    private static final int LONGEST_SIDE = 4096;

    static final FieldType<Long> SEED =
            SimpleType.longInteger().atLeast(0).atMost(LARGEST_EXACT).named("seed");

    static final FieldType<Integer> SIDE = SimpleType.integer()
            .comment("A multiple of what the model asks for, in pixels.")
            .atLeast(1)
            .atMost(LONGEST_SIDE)
            .named("side");

    static final SimpleType<String> PROMPT = SimpleType.text().letters(0, LONGEST_PROMPT);

    static final FieldType<Map<String, Object>> OPTIONS = new OptionsType().named("options");

    /** The name of a preset of the request's attention. */
    static final SimpleType<String> STRENGTH = SimpleType.text().readBy((node, scope) -> scope.strength(node));

    /** The name of a model, or a folder. */
    static final SimpleType<String> MODEL =
            SimpleType.text().readBy((node, scope) -> scope.files().model(node));

    static final SimpleType<String> SHA256 = SimpleType.text().matching("^[0-9a-f]{64}$");

    /** The name of a file, which may lie anywhere if its {@code sha256} is given beside it. */
    static final SimpleType<String> FILE =
            SimpleType.text().readBy((node, scope) -> scope.files().reference(node, scope.has("sha256")));

    private SharedTypes() {}
}
