package org.atelier.requests.tree;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.files.RegularFile;

/** Reads the tree of a file with YAML or JSON. */
public final class RequestTree {

    /** Far above a request with ten thousand prompts, and far below the available memory. */
    public static final long MAX_BYTES = 16L << 20;

    private RequestTree() {}

    /**
     * Reads a file.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if it is neither YAML nor JSON, or too large
     */
    public static RequestNode read(Path file) {
        String text = text(file);
        return isJson(file, text) ? JsonTree.read(text, file.toString()) : YamlTree.read(text, file.toString());
    }

    /**
     * Reads a text: JSON if it begins with a brace, else YAML.
     *
     * @param name of the text in error messages
     * @throws AtelierException {@code INPUT_UNREADABLE} if it is neither
     */
    public static RequestNode read(String text, String name) {
        return text.stripLeading().startsWith("{") ? JsonTree.read(text, name) : YamlTree.read(text, name);
    }

    /** By the file name extension, or else by the opening brace of JSON. */
    private static boolean isJson(Path file, String text) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return false;
        }
        return name.endsWith(".json") || text.stripLeading().startsWith("{");
    }

    private static String text(Path file) {
        try {
            ByteBuffer content = ByteBuffer.wrap(RegularFile.read(file, MAX_BYTES));
            return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
        } catch (CharacterCodingException e) {
            throw new AtelierException(
                    INPUT_UNREADABLE, file + ": neither YAML or JSON in UTF-8 nor a PNG, JPEG or WebP image.", e);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": " + IoErrors.of(e) + ".", e);
        }
    }
}
