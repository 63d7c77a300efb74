package org.atelier.api.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model as its folder describes it.
 *
 * @param name its name in a request
 * @param folder its folder
 * @param title one line, or empty
 * @param note a note for the user, or empty
 * @param vocabulary the words it knows, by group in order; empty if it is not limited to a vocabulary
 * @param width default width in pixels
 * @param height default height in pixels
 */
public record ModelDescription(
        String name,
        Path folder,
        String title,
        String note,
        Map<String, List<String>> vocabulary,
        int width,
        int height) {}
