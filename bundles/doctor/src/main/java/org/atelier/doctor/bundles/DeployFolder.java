package org.atelier.doctor.bundles;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The folder of deployed bundles. */
public final class DeployFolder {

    private static final String HOME = "atelier.home";

    private final Path folder;

    DeployFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** @param context its property {@code atelier.home} is the folder of the distribution */
    public static DeployFolder of(BundleContext context) {
        return new DeployFolder(home(context).resolve("deploy"));
    }

    public static Path home(BundleContext context) {
        return Path.of(Optional.ofNullable(context.getProperty(HOME)).orElse(""))
                .toAbsolutePath()
                .normalize();
    }

    /** Whether a file exists in its place. */
    boolean isNotFolder() {
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder);
    }

    /** Returns its files in alphabetical order; none if the folder does not exist. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Whether a bundle was installed from this folder. */
    public boolean holds(Bundle bundle) {
        return file(bundle).isPresent();
    }

    /** Returns the file of a bundle that was installed from this folder, even if the file is gone. */
    public Optional<Path> file(Bundle bundle) {
        try {
            URI location = new URI(bundle.getLocation());
            return "file".equals(location.getScheme())
                    ? Optional.of(Path.of(location).normalize()).filter(file -> folder.equals(file.getParent()))
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Returns the display name of a file. */
    public static String name(Path file) {
        return "deploy/" + file.getFileName();
    }
}
