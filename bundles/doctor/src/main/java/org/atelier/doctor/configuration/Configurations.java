package org.atelier.doctor.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.doctor.DanglingSymlink;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.atelier.doctor.bundles.DeployFolder;
import org.atelier.doctor.bundles.IdleBundles;
import org.atelier.text.ClosestMatch;
import org.atelier.text.InvalidUtf8Exception;
import org.atelier.text.Utf8File;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;

/** Checks that every configuration has a reader and valid values. */
@Component(property = {HealthCheck.NAME + "=configurations", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class Configurations implements HealthCheck {

    private static final String FILE = "felix.fileinstall.filename";

    private static final String FILTER = "felix.fileinstall.filter";

    /** Files of {@code config/} that File Install does not read. */
    private static final Pattern READ_BY_OTHERS =
            Pattern.compile("models\\.json|org\\.ops4j\\.pax\\.logging(\\..+)?\\.cfg");

    private final ConfigurationAdmin admin;
    private final ConfigurationReaders readers;
    private final BundleContext context;
    private final Path home;
    private final Pattern filter;

    @Activate
    public Configurations(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference ServiceComponentRuntime components,
            @Reference MetaTypeService metaTypes) {
        this.admin = admin;
        this.readers = new ConfigurationReaders(context, components, metaTypes);
        this.context = context;
        this.home = DeployFolder.home(context);
        this.filter =
                Pattern.compile(Optional.ofNullable(context.getProperty(FILTER)).orElse(".*\\.cfg"));
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        List<Configuration> configurations = configurations();
        Set<String> read = readers.pids();
        Set<Path> taken = new HashSet<>();
        try {
            IdleBundles idle = IdleBundles.in(home, installed());
            for (Configuration configuration : configurations) {
                file(configuration).ifPresent(taken::add);
                examine(configuration, read, idle, findings);
            }
            examineFiles(taken, findings);
        } catch (IOException e) {
            throw new UncheckedIOException("The folders of the distribution cannot be read", e);
        }
        findings.fine("config/", configurations.size() + " configurations were looked at.");
        return findings.result();
    }

    private Set<String> installed() {
        return Arrays.stream(context.getBundles()).map(Bundle::getSymbolicName).collect(Collectors.toSet());
    }

    private List<Configuration> configurations() {
        try {
            Configuration[] found = admin.listConfigurations(null);
            return found == null ? List.of() : Arrays.asList(found);
        } catch (IOException e) {
            throw new UncheckedIOException("the configurations cannot be read", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void examine(Configuration configuration, Set<String> read, IdleBundles idle, Findings findings) {
        String pid = configuration.getFactoryPid() == null ? configuration.getPid() : configuration.getFactoryPid();
        String name = file(configuration)
                .map(file -> "config/" + file.getFileName())
                .orElse("configuration " + configuration.getPid());
        if (idle.read(pid)) {
            return;
        }
        if (!read.contains(pid)) {
            findings.warning(
                    name,
                    "No bundle reads the configuration %s.".formatted(pid),
                    ClosestMatch.OF_SIMILAR_NAMES
                            .of(pid, read)
                            .map(closest -> "Rename the file to %s.cfg if that is meant.".formatted(closest))
                            .orElse("Remove it, unless the bundle that reads it does not run."));
            return;
        }
        readers.definition(pid).ifPresent(definition -> new ConfiguredValues(definition)
                .examine(name, configuration.getProcessedProperties(null), findings));
    }

    private static Optional<Path> file(Configuration configuration) {
        return Optional.ofNullable(configuration.getProperties().get(FILE))
                .map(file -> Path.of(URI.create(file.toString())).normalize());
    }

    private void examineFiles(Set<Path> taken, Findings findings) throws IOException {
        Path folder = home.resolve("config");
        if (!Files.isDirectory(folder)) {
            findings.warning(
                    "config/",
                    "There is no such folder, so all settings have their defaults.",
                    "Copy it from the distribution, unless this is intended.");
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                examineFile(file, taken, findings);
            }
        }
    }

    private void examineFile(Path file, Set<Path> taken, Findings findings) throws IOException {
        String name = file.getFileName().toString();
        if (DanglingSymlink.is(file)) {
            findings.warning("config/" + name, DanglingSymlink.FOUND, DanglingSymlink.REMEDY);
        } else if (isText(file) && !isUtf8(file, findings)) {
            return;
        } else if (!taken.contains(file)
                && !taken.contains(file.toRealPath())
                && !READ_BY_OTHERS.matcher(name).matches()) {
            reportNotInstalled(name, Files.isRegularFile(file), findings);
        }
    }

    private boolean isText(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && (filter.matcher(name).matches()
                        || READ_BY_OTHERS.matcher(name).matches());
    }

    private static boolean isUtf8(Path file, Findings findings) throws IOException {
        try {
            Utf8File.read(file);
            return true;
        } catch (InvalidUtf8Exception e) {
            findings.fault(
                    "config/" + file.getFileName(),
                    "Line %d is not UTF-8, so the file is not read.".formatted(e.line()),
                    "Save it in UTF-8.");
            return false;
        }
    }

    private void reportNotInstalled(String name, boolean isFile, Findings findings) {
        if (isFile && filter.matcher(name).matches()) {
            findings.fault(
                    "config/" + name,
                    "It cannot be read as a configuration; the log says why.",
                    "Write it as KEY = VALUE, in UTF-8.");
        } else {
            findings.warning(
                    "config/" + name,
                    "No bundle reads it: only files named PID.cfg are read.",
                    "Name it after the PID of its configuration, or remove it.");
        }
    }
}
