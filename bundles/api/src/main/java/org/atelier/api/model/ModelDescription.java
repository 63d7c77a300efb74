package org.atelier.api.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a model is, told by its folder.
 *
 * @param name what a request calls it
 * @param folder where it lies
 * @param title one line, or empty
 * @param note what a user should know before generation with it, or empty
 * @param vocabulary the words it knows, by group in order; empty for a model that is not so limited
 * @param width the width it generates unless asked otherwise, in pixels
 * @param height the height it generates unless asked otherwise, in pixels
 */
public record ModelDescription(
        String name,
        Path folder,
        String title,
        String note,
        Map<String, List<String>> vocabulary,
        int width,
        int height) {}
