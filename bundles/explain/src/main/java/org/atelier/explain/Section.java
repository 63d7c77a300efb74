package org.atelier.explain;

import static org.atelier.html.HtmlText.escaped;

/**
 * A section of the page.
 *
 * @param id of its heading
 * @param title of its heading
 * @param text what it shows, two sentences
 * @param command that repeats it
 * @param content HTML
 */
record Section(String id, String title, String text, String command, String content) {

    String html() {
        return """
                <section>
                <h2 id="%s">%s</h2>
                <p>%s</p>
                %s
                <pre class="command"><code>%s</code></pre>
                </section>
                """.formatted(id, escaped(title), escaped(text), content.strip(), escaped(command));
    }
}
