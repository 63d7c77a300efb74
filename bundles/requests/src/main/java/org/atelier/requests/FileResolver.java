package org.atelier.requests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCardFile;
import org.atelier.api.set.StyleCards;
import org.atelier.files.IoErrors;
import org.atelier.requests.tree.RequestNode;

/** Resolves the file names in a request. */
public interface FileResolver {

    /** The request that a style card starts from. */
    SetRequest baseRequest(StyleCardFile card);

    /**
     * The file of a reference, control or style card.
     *
     * @param pinned whether its sha256 is given, so that only the file with that content is accepted
     */
    String reference(RequestNode name, boolean pinned);

    /**
     * The input of a context.
     *
     * @param kind of the context, which determines whether the input is a file
     * @param anywhere whether a file may be outside the folder of the request
     */
    String input(String kind, RequestNode input, boolean anywhere);

    /** A model's name or folder. */
    String model(RequestNode name);

    /** Returns every name unchanged. */
    static FileResolver verbatim() {
        return new FileResolver() {
            @Override
            public SetRequest baseRequest(StyleCardFile card) {
                return SetRequest.builder().build();
            }

            @Override
            public String reference(RequestNode name, boolean pinned) {
                return name.text();
            }

            @Override
            public String input(String kind, RequestNode input, boolean anywhere) {
                return input.text();
            }

            @Override
            public String model(RequestNode name) {
                return name.text();
            }
        };
    }

    /**
     * Resolves names relative to the folder of a request and rejects files outside it, so that a request from someone
     * else cannot read other files of the user.
     *
     * @param kinds which contexts read files
     * @param cards reads the style card that a request starts from
     */
    static FileResolver relativeTo(Path request, ContextKinds kinds, StyleCards cards) {
        Path folder = request.toAbsolutePath().normalize().getParent();
        return new FileResolver() {
            @Override
            public SetRequest baseRequest(StyleCardFile card) {
                return cards.read(Path.of(card.file())).newRequest();
            }

            @Override
            public String reference(RequestNode name, boolean pinned) {
                return pinned ? resolved(folder, name).toString() : within(folder, name, "give its sha256");
            }

            @Override
            public String input(String kind, RequestNode input, boolean anywhere) {
                return kinds.readsFile(kind) ? reference(input, anywhere) : input.text();
            }

            @Override
            public String model(RequestNode name) {
                return name.text().matches("\\.\\.?[/\\\\].*")
                        ? within(folder, name, "give it on the command line")
                        : name.text();
            }
        };
    }

    /**
     * Accepts only absolute paths, for a request without a file.
     *
     * @param kinds which contexts read files
     * @param cards reads the style card that a request starts from
     */
    static FileResolver absoluteOnly(ContextKinds kinds, StyleCards cards) {
        return new FileResolver() {
            @Override
            public SetRequest baseRequest(StyleCardFile card) {
                return cards.read(Path.of(card.file())).newRequest();
            }

            @Override
            public String reference(RequestNode name, boolean pinned) {
                return absolute(name);
            }

            @Override
            public String input(String kind, RequestNode input, boolean anywhere) {
                return kinds.readsFile(kind) ? reference(input, anywhere) : input.text();
            }

            @Override
            public String model(RequestNode name) {
                return name.text().matches("\\.\\.?[/\\\\].*") ? absolute(name) : name.text();
            }
        };
    }

    private static String absolute(RequestNode name) {
        Path file = resolved(Path.of(""), name);
        if (!file.isAbsolute()) {
            throw name.fault("'%s' must be an absolute path".formatted(name.text()));
        }
        return file.toString();
    }

    private static Path resolved(Path folder, RequestNode name) {
        try {
            return folder.resolve(name.text()).normalize();
        } catch (InvalidPathException e) {
            throw name.fault("'" + name.text() + "' is not a valid file name");
        }
    }

    private static String within(Path folder, RequestNode name, String alternative) {
        Path resolved = resolved(folder, name);
        boolean leaves = !resolved.startsWith(folder);
        try {
            leaves |= Files.exists(resolved) && !resolved.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw name.fault(resolved + ": " + IoErrors.of(e));
        }
        if (leaves || Path.of(name.text()).isAbsolute()) {
            throw name.fault("'%s' is outside the folder of the request; put the file there, or %s"
                    .formatted(name.text(), alternative));
        }
        return resolved.toString();
    }
}
