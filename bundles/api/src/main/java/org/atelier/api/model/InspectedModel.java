package org.atelier.api.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file or folder is, as its headers and configurations tell. Texts are untrusted.
 *
 * @param path absolute
 * @param kind {@code checkpoint} for a single file with a UNet, {@code model} for a folder in diffusers' layout,
 *     {@code vae} or {@code lora}
 * @param facts by name in the order to print: a String, a Number, a List of them, or a Map from String to Number
 * @param metadata the texts in the header of a file, by key
 */
public record InspectedModel(Path path, String kind, Map<String, Object> facts, Map<String, String> metadata) {

    /** Keeps the order of the maps. */
    public InspectedModel {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
