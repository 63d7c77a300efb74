package org.atelier.it.templates;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.atelier.api.plugin.PluginProjectRequest;
import org.atelier.api.plugin.PluginProjects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Makes a project of every kind. */
public final class ProjectsProbe implements Callable<Map<String, String>> {

    private static final Map<String, String> NAMES = Map.of(
            "attention", "my-style",
            "blend", "my-blend",
            "context", "my-season",
            "control", "my-outline",
            "metric", "my-lightness",
            "sampler", "my-euler");

    /** @return the folder of each project by its kind */
    @Override
    public Map<String, String> call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(ProjectsProbe.class).getBundleContext();
        PluginProjects projects = context.getService(context.getServiceReference(PluginProjects.class));
        Path work = Files.createTempDirectory("atelier-projects-");
        Map<String, String> made = new TreeMap<>();
        for (String kind : projects.kinds()) {
            String name = NAMES.get(kind);
            Path folder = projects.make(new PluginProjectRequest(kind, name, "org.example", null, work.resolve(name)))
                    .folder();
            made.put(kind, folder.toString());
        }
        return made;
    }
}
