package org.atelier.studio;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.set.StyleCards;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.samplers.UniPcOptions;
import org.atelier.samplers.UniPcSampler;
import org.atelier.studio.card.ZippedStyleCards;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.folder.SetLocks;
import org.atelier.studio.resolve.FakeContexts;
import org.atelier.studio.resolve.FakeControls;
import org.atelier.studio.resolve.FakeLibrary;

/** A studio over fakes: plugins as a framework would provide them, and the embedded model. */
public final class TestStudio {

    public final FakePlugins plugins = new FakePlugins();
    public final FakeContexts contexts = new FakeContexts(plugins);
    public final FakeControls controls = new FakeControls(plugins);
    public final FakeImageGenerator generator = new FakeImageGenerator();

    /** The folder for copies of input files while a set is open; each process of tests has its own. */
    public static final Path INPUTS =
            Path.of("target", "inputs", Long.toString(ProcessHandle.current().pid()));

    private record Settings(int checkpoint_seconds) implements StudioSettings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return StudioSettings.class;
        }
    }

    /** The default options of the sampler. */
    private record ModelSchedule(String spacing, String sigmas) implements UniPcOptions {

        @Override
        public Class<? extends Annotation> annotationType() {
            return UniPcOptions.class;
        }
    }

    /** Returns the reader of style cards. */
    public static StyleCards cards() {
        return ZippedStyleCards.in(INPUTS);
    }

    /** Installs the real sampler {@code unipc}, whose history a checkpoint must preserve. */
    TestStudio withRealSampler() {
        plugins.bind(
                PluginKind.SAMPLER,
                FakePlugins.factory(() -> new UniPcSampler(new ModelSchedule("model", "model"))),
                FakePlugins.withoutOptions("unipc", 3));
        return this;
    }

    public AtelierStudio studio() {
        return studio(generator, "0.1.0", 60);
    }

    /** @param version of Atelier */
    AtelierStudio studio(ImageGenerator generation, String version, int checkpointSeconds) {
        return new AtelierStudio(
                new FakeLibrary(),
                plugins.registries(),
                FakeContexts.KINDS,
                FakePlugins.leases(),
                controls.networks(),
                generation,
                new Settings(checkpointSeconds),
                new AtelierBuild(version, () -> "same"),
                new SetLocks(),
                INPUTS);
    }

    /** The names of the files in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
