package org.atelier.studio;

import java.lang.annotation.Annotation;
import org.atelier.plugins.FakePlugins;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.resolve.FakeContexts;
import org.atelier.studio.resolve.FakeControls;
import org.atelier.studio.resolve.FakeLibrary;

/** A studio of fakes: plugins as a framework would offer them, and the embedded model. */
public final class TestStudio {

    public final FakePlugins plugins = new FakePlugins();
    public final FakeContexts contexts = new FakeContexts(plugins);
    public final FakeControls controls = new FakeControls(plugins);
    public final FakeImageGenerator generator = new FakeImageGenerator();

    private record Settings(int checkpoint_seconds) implements StudioSettings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return StudioSettings.class;
        }
    }

    public AtelierStudio studio() {
        return studio(generator, "0.1.0", 60);
    }

    /** @param version of Atelier */
    AtelierStudio studio(ImageGenerator drawing, String version, int checkpointSeconds) {
        return new AtelierStudio(
                new FakeLibrary(),
                plugins.registries(),
                FakeContexts.KINDS,
                FakePlugins.leases(),
                controls.ofSets(),
                generator,
                drawing,
                new Settings(checkpointSeconds),
                new AtelierBuild(version, () -> "same"));
    }
}
