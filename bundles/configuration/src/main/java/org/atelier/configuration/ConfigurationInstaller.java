package org.atelier.configuration;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs configuration files that are UTF-8, with or without a byte-order mark, in place of File Install's own installer.
 * That one decodes invalid bytes to other characters, and takes the mark for a part of the first key. A file that cannot be
 * read changes nothing; one line is logged.
 */
final class ConfigurationInstaller implements ArtifactInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationInstaller.class);

    /** The property of a configuration that names its file. */
    private static final String FILE_NAME = "felix.fileinstall.filename";

    /** Any bundle may read the configuration. */
    private static final String ANY_LOCATION = "?";

    private final ConfigurationAdmin admin;
    private final BundleContext context;

    ConfigurationInstaller(ConfigurationAdmin admin, BundleContext context) {
        this.admin = admin;
        this.context = context;
    }

    @Override
    public boolean canHandle(File artifact) {
        return artifact.getName().endsWith(ConfigurationFile.EXTENSION);
    }

    @Override
    public void install(File artifact) throws IOException {
        update(artifact);
    }

    @Override
    public void update(File artifact) throws IOException {
        ConfigurationFile file = new ConfigurationFile(artifact);
        Optional<Configuration> installed = installed(file);
        Map<String, Object> values;
        try {
            values = file.read(context);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "{}: {}; {}.",
                    artifact,
                    e.getMessage(),
                    installed.isPresent()
                            ? "its former values stay until it is saved as KEY = VALUE in UTF-8"
                            : "it is ignored until it is saved as KEY = VALUE in UTF-8");
            return;
        }
        values.put(FILE_NAME, file.location());
        Configuration configuration = installed.isPresent() ? installed.get() : create(file);
        configuration.updateIfDifferent(FrameworkUtil.asDictionary(values));
    }

    @Override
    public void uninstall(File artifact) throws IOException {
        Optional<Configuration> installed = installed(new ConfigurationFile(artifact));
        if (installed.isPresent()) {
            installed.get().delete();
        }
    }

    private Configuration create(ConfigurationFile file) throws IOException {
        return file.factoryName().isPresent()
                ? admin.getFactoryConfiguration(file.pid(), file.factoryName().get(), ANY_LOCATION)
                : admin.getConfiguration(file.pid(), ANY_LOCATION);
    }

    private Optional<Configuration> installed(ConfigurationFile file) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(%s=%s)".formatted(FILE_NAME, escaped(file.location())));
            return found == null ? Optional.empty() : Optional.of(found[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("The location " + file.location() + " is not valid in a filter", e);
        }
    }

    private static String escaped(String value) {
        return value.replaceAll("[()*\\\\]", "\\\\$0");
    }
}
