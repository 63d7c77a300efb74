package org.atelier.templates;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of the variables of a template: {@code ${name}} in a text, {@code __name__} in a path.
 *
 * @param javaPackage the package of the sources
 * @param values by the names of the archetypes' properties; other variables are Maven's and are left unchanged
 */
record TemplateVariables(String javaPackage, Map<String, String> values) {

    private static final Pattern IN_TEXT = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern IN_PATH = Pattern.compile("__([A-Za-z]+)__");
    private static final Pattern SOURCES = Pattern.compile("^(src/(?:main|test)/java/)");

    /** @return the contents by path in the project */
    Map<Path, String> fill(Template template) {
        String folders = Matcher.quoteReplacement(javaPackage.replace('.', '/') + "/");
        Map<Path, String> filled = new TreeMap<>();
        template.texts().forEach((path, text) -> {
            String inPackage = SOURCES.matcher(path).replaceFirst("$1" + folders);
            UnaryOperator<String> escape = path.endsWith(".xml") ? TemplateVariables::inXml : UnaryOperator.identity();
            filled.put(Path.of(fill(IN_PATH, inPackage, UnaryOperator.identity())), fill(IN_TEXT, text, escape));
        });
        return filled;
    }

    private String fill(Pattern variable, String text, UnaryOperator<String> escape) {
        return variable.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, escape)));
    }

    private String value(MatchResult found, UnaryOperator<String> escape) {
        String value = values.get(found.group(1));
        return value == null ? found.group() : escape.apply(value);
    }

    private static String inXml(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
