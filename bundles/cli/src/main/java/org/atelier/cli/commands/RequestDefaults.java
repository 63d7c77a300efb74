package org.atelier.cli.commands;

import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ResourceBundle;
import org.atelier.api.set.RequestFormat;

/** The defaults of request fields for the help of options: {@code ${bundle:default.steps}} is the default of the field {@code steps}. */
final class RequestDefaults extends ResourceBundle {

    /** Without the prefix, a key would replace the description of the option with that name. */
    private static final String PREFIX = "default.";

    private final Map<String, String> texts = new LinkedHashMap<>();

    RequestDefaults(RequestFormat format) {
        format.defaults().forEach((field, text) -> texts.put(PREFIX + field, text));
    }

    @Override
    protected Object handleGetObject(String key) {
        return texts.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(texts.keySet());
    }
}
