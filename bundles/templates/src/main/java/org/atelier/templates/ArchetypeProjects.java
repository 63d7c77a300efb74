package org.atelier.templates;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.plugin.PluginProject;
import org.atelier.api.plugin.PluginProjectRequest;
import org.atelier.api.plugin.PluginProjects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Creates the projects of Atelier's Maven archetypes, without Maven and without a network. */
@Component
public final class ArchetypeProjects implements PluginProjects {

    private static final String HOME = "atelier.home";
    private static final String FOLDER = "archetypes";
    private static final String JAR = ".jar";

    /** The version of a new project. */
    private static final String FIRST_VERSION = "1.0.0";

    private final Map<String, URL> archetypes;
    private final Path home;
    private final String atelierVersion;

    /** @param context its property {@code atelier.home} is the folder of the distribution that the projects are built against */
    @Activate
    public ArchetypeProjects(BundleContext context) {
        this.archetypes = archetypes(context.getBundle());
        this.home = Path.of(String.valueOf(context.getProperty(HOME)))
                .toAbsolutePath()
                .normalize();
        this.atelierVersion = mavenVersion(context.getBundle().getVersion());
    }

    private static Map<String, URL> archetypes(Bundle bundle) {
        Map<String, URL> found = new TreeMap<>();
        for (URL jar : Collections.list(bundle.findEntries(FOLDER, "*" + JAR, false))) {
            String file = Path.of(jar.getPath()).getFileName().toString();
            found.put(file.substring(0, file.length() - JAR.length()), jar);
        }
        return found;
    }

    private static String mavenVersion(Version version) {
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }

    @Override
    public List<String> kinds() {
        return List.copyOf(archetypes.keySet());
    }

    @Override
    public PluginProject make(PluginProjectRequest request) {
        URL archetype = archetypes.get(request.kind());
        if (archetype == null) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "There is no project for the kind '%s'; choose one of %s."
                            .formatted(request.kind(), String.join(", ", kinds())));
        }
        TemplateVariables variables = variables(request);
        Template template = template(archetype);
        String className = new ProjectName(request.name()).fullClassNameFor(request.kind());
        if (template.isUsing(className)) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The class of the %s '%s' would be %s, which conflicts with a class of Atelier that it uses; choose another name."
                            .formatted(request.kind(), request.name(), className));
        }
        Path folder = request.folder().toAbsolutePath().normalize();
        new ProjectFolder(folder).write(variables.fill(template));
        return new PluginProject(
                folder, Path.of("target", request.name() + "-" + FIRST_VERSION + JAR), home.resolve("deploy"));
    }

    private TemplateVariables variables(PluginProjectRequest request) {
        ProjectName name = new ProjectName(request.name());
        String javaPackage = request.javaPackage() == null ? name.packageIn(request.group()) : request.javaPackage();
        DottedNames.checkGroup(request.group());
        DottedNames.checkPackage(javaPackage);
        return new TemplateVariables(
                javaPackage,
                Map.of(
                        "groupId", request.group(),
                        "artifactId", request.name(),
                        "version", FIRST_VERSION,
                        "package", javaPackage,
                        "className", name.classNameFor(request.kind()),
                        "atelierHome", home.toString(),
                        "atelierVersion", atelierVersion));
    }

    private static Template template(URL archetype) {
        try (InputStream jar = archetype.openStream()) {
            return Template.read(jar);
        } catch (IOException e) {
            throw new IllegalStateException("the bundle can no longer be read: " + archetype, e);
        }
    }
}
