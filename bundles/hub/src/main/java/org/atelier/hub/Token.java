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

/** The user's access token. Its text is used in one header only and never printed. */
final class Token {

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /**
     * Reads the user's token from HF_TOKEN, the file HF_TOKEN_PATH or the file {@code token} in huggingface_hub's folder.
     *
     * @throws AtelierException INVALID_REQUEST if it cannot be read or is not a valid token
     */
    static Optional<Token> of(Map<String, String> environment, Path home) {
        return Stream.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .or(() -> storedToken(environment, home))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(Token::validated);
    }

    private static Optional<String> storedToken(Map<String, String> environment, Path home) {
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
                    "The hub's token in " + file
                            + " cannot be read: check the file's permissions and encoding (UTF-8).",
                    e);
        }
    }

    private static Token validated(String text) {
        if (!VISIBLE.matcher(text).matches()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The hub's token contains characters that are not allowed, such as spaces: correct HF_TOKEN.");
        }
        return new Token(text);
    }

    /** The value of the Authorization header. */
    String authorization() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return "a token";
    }
}
