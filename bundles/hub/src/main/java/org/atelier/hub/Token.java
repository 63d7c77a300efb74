package org.atelier.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.library.HubCache;

/** What tells the hub who asks. Its text goes into one header and nowhere else. */
final class Token {

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /**
     * The user's token: HF_TOKEN, or what stands in HF_TOKEN_PATH or in the file {@code token} of huggingface_hub's folder.
     *
     * @throws AtelierException INVALID_REQUEST when it cannot be read or cannot be a token
     */
    static Optional<Token> of(Map<String, String> environment, Path home) {
        return Stream.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .or(() -> kept(environment, home))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(Token::checked);
    }

    private static Optional<String> kept(Map<String, String> environment, Path home) {
        Path file = Optional.ofNullable(environment.get("HF_TOKEN_PATH"))
                .map(Path::of)
                .orElseGet(() -> HubCache.homeOf(environment, home).resolve("token"));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The hub's token in " + file + " cannot be read: make it a text that you may read.",
                    e);
        }
    }

    private static Token checked(String text) {
        if (!VISIBLE.matcher(text).matches()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The hub's token has blanks or other characters that no token has: set HF_TOKEN anew.");
        }
        return new Token(text);
    }

    /** The value of the header Authorization. */
    String authorization() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return "a token";
    }
}
