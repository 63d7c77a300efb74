package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.plugin.PluginProject;
import org.atelier.api.plugin.PluginProjectRequest;
import org.atelier.api.plugin.PluginProjects;

/** Records its calls and creates nothing. */
final class FakeProjects implements PluginProjects {

    final List<PluginProjectRequest> asked = new ArrayList<>();

    @Override
    public List<String> kinds() {
        return List.of("attention", "blend");
    }

    @Override
    public PluginProject make(PluginProjectRequest request) {
        asked.add(request);
        return new PluginProject(
                request.folder(), Path.of("target", request.name() + "-1.0.0.jar"), Path.of("/opt/my atelier/deploy"));
    }
}
