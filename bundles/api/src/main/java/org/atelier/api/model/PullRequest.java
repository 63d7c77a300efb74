package org.atelier.api.model;

import java.util.Objects;

/**
 * The model to download, and which of its files.
 *
 * @param name a name in {@code config/models.json}, or {@code org/name}, or {@code org/name@revision}, each followed by
 *     {@code :file.safetensors} for a single file
 * @param variant of safetensors files, such as {@code fp16}; empty for the default files
 * @param dtype data type of ONNX files: {@code fp32}, {@code fp16}, {@code int8}, {@code uint8}, {@code q8},
 *     {@code q4}, {@code q4f16} or {@code bnb4}
 */
public record PullRequest(String name, String variant, String dtype) {

    public PullRequest {
        Objects.requireNonNull(name);
        Objects.requireNonNull(variant);
        Objects.requireNonNull(dtype);
    }

    /** The default files of a model, in full precision. */
    public static PullRequest of(String name) {
        return new PullRequest(name, "", "fp32");
    }
}
