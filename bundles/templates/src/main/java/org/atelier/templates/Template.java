package org.atelier.templates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of an archetype.
 *
 * @param texts the contents by path in the project, with slashes; both contain variables
 */
record Template(Map<String, String> texts) {

    private static final Pattern IMPORT = Pattern.compile("^import [\\w.]+\\.(\\w+);", Pattern.MULTILINE);
    private static final String ROOT = "archetype-resources/";

    /** Whether a class with this simple name is imported. */
    boolean isUsing(String className) {
        return texts.values().stream()
                .flatMap(text -> IMPORT.matcher(text).results())
                .anyMatch(found -> found.group(1).equals(className));
    }

    /** @param archetype a jar in the layout of maven-archetype-plugin with text files in UTF-8 */
    static Template read(InputStream archetype) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (ZipInputStream jar = new ZipInputStream(archetype)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (!entry.isDirectory() && entry.getName().startsWith(ROOT)) {
                    String text = new String(jar.readAllBytes(), StandardCharsets.UTF_8);
                    texts.put(entry.getName().substring(ROOT.length()), text);
                }
            }
        }
        return new Template(texts);
    }
}
