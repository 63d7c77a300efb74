package org.atelier.configuration;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.utils.properties.InterpolationHelper.BundleContextSubstitutionCallback;
import org.apache.felix.utils.properties.TypedProperties;
import org.atelier.text.Utf8File;
import org.osgi.framework.BundleContext;

/**
 * A file {@code PID.cfg}, or {@code FACTORYPID-NAME.cfg} for a factory configuration.
 *
 * @param file its name ends with {@code .cfg}
 */
record ConfigurationFile(File file) {

    static final String EXTENSION = ".cfg";

    /** The PID, or the factory PID. */
    String pid() {
        return hyphen() > 0 ? name().substring(0, hyphen()) : name();
    }

    /** The name of a factory configuration. */
    Optional<String> factoryName() {
        return hyphen() > 0 ? Optional.of(name().substring(hyphen() + 1)) : Optional.empty();
    }

    private int hyphen() {
        return name().indexOf('-');
    }

    private String name() {
        return file.getName().substring(0, file.getName().length() - EXTENSION.length());
    }

    /** The value by which File Install finds the configuration of a file. */
    String location() {
        return file.getAbsoluteFile().toURI().toString();
    }

    /**
     * Reads the values as File Install does, with the properties of the framework in place of {@code ${...}}.
     *
     * @throws org.atelier.text.InvalidUtf8Exception if it is not UTF-8
     * @throws IllegalArgumentException if it is not of the form {@code KEY = VALUE}
     */
    Map<String, Object> read(BundleContext framework) throws IOException {
        BundleContextSubstitutionCallback substitution = new BundleContextSubstitutionCallback(framework);
        TypedProperties properties = new TypedProperties((name, key, value) -> substitution.getValue(value));
        properties.load(new StringReader(Utf8File.read(file.toPath())));
        return new HashMap<>(properties);
    }
}
