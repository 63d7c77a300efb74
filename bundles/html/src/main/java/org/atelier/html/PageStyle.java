package org.atelier.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet that all pages have in common: colours for light and dark, text, plots. */
public final class PageStyle {

    private PageStyle() {}

    /**
     * The common style sheet, followed by that of a page.
     *
     * @param page has the style sheet {@code name} among its resources
     */
    public static String with(Class<?> page, String name) {
        return read(PageStyle.class, "page.css") + read(page, name);
    }

    private static String read(Class<?> owner, String name) {
        try (InputStream style = owner.getResourceAsStream(name)) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
