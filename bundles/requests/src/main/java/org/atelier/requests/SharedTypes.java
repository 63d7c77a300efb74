package org.atelier.requests;

import java.util.Map;

/** Types that several objects use. */
final class SharedTypes {

    /** The largest integer that every JSON reader represents exactly. */
    private static final long LARGEST_EXACT = (1L << 53) - 1;

    private static final int MAX_PROMPT_LENGTH = 10_000;
    private static final int MAX_SIDE = 4096;

    static final FieldType<Long> SEED =
            SimpleType.longInteger().atLeast(0).atMost(LARGEST_EXACT).named("seed");

    static final FieldType<Integer> SIDE = SimpleType.integer()
            .comment("In pixels, a multiple of the model's factor.")
            .atLeast(1)
            .atMost(MAX_SIDE)
            .named("side");

    static final SimpleType<String> PROMPT = SimpleType.text().length(0, MAX_PROMPT_LENGTH);

    static final FieldType<Map<String, Object>> OPTIONS = new OptionsType().named("options");

    /** The name of a preset of the request's attention. */
    static final SimpleType<String> STRENGTH = SimpleType.text().withReader((node, scope) -> scope.strength(node));

    /** The name of a model, or a folder. */
    static final SimpleType<String> MODEL =
            SimpleType.text().withReader((node, scope) -> scope.files().model(node));

    static final SimpleType<String> SHA256 = SimpleType.text().matching("^[0-9a-f]{64}$");

    /** A file name; the file may be in any folder if its {@code sha256} is given in the same object. */
    static final SimpleType<String> FILE =
            SimpleType.text().withReader((node, scope) -> scope.files().reference(node, scope.has("sha256")));

    /** A file name without a hash: the file must be in the folder of the request. */
    static final SimpleType<String> INSIDE_FILE =
            SimpleType.text().withReader((node, scope) -> scope.files().reference(node, false));

    private SharedTypes() {}
}
