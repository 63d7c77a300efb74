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

/** Finds the files that a request names, from where the request lies. */
public interface NamedFiles {

    /** The request that a style card begins. */
    SetRequest beginning(StyleCardFile card);

    /**
     * A reference's file, or a style card's.
     *
     * @param pinned whether its sha256 is given, so that it can be no other than what the writer had before them
     */
    String reference(RequestNode name, boolean pinned);

    /**
     * What a context reads.
     *
     * @param kind of the context; says whether it is a file
     * @param said whether its words are known already, so that it is read no more
     */
    String input(String kind, RequestNode input, boolean said);

    /** A model: a name, or a folder. */
    String model(RequestNode name);

    /** Leaves every name as it stands. */
    static NamedFiles asTheyStand() {
        return new NamedFiles() {
            @Override
            public SetRequest beginning(StyleCardFile card) {
                return SetRequest.builder().build();
            }

            @Override
            public String reference(RequestNode name, boolean pinned) {
                return name.text();
            }

            @Override
            public String input(String kind, RequestNode input, boolean said) {
                return input.text();
            }

            @Override
            public String model(RequestNode name) {
                return name.text();
            }
        };
    }

    /**
     * From the folder of a request, which no name may leave: a request from elsewhere reads nothing else of the user's.
     *
     * @param kinds say which contexts read files
     * @param cards read the style card that a request begins with
     */
    static NamedFiles beside(Path request, ContextKinds kinds, StyleCards cards) {
        Path folder = request.toAbsolutePath().normalize().getParent();
        return new NamedFiles() {
            @Override
            public SetRequest beginning(StyleCardFile card) {
                return cards.read(Path.of(card.file())).newRequest();
            }

            @Override
            public String reference(RequestNode name, boolean pinned) {
                return pinned ? resolved(folder, name).toString() : within(folder, name);
            }

            @Override
            public String input(String kind, RequestNode input, boolean said) {
                return kinds.readsFile(kind) ? reference(input, said) : input.text();
            }

            @Override
            public String model(RequestNode name) {
                return name.text().matches("\\.\\.?[/\\\\].*") ? within(folder, name) : name.text();
            }
        };
    }

    /**
     * By absolute paths only: the request lies in no folder.
     *
     * @param kinds say which contexts read files
     * @param cards read the style card that a request begins with
     */
    static NamedFiles absolute(ContextKinds kinds, StyleCards cards) {
        return new NamedFiles() {
            @Override
            public SetRequest beginning(StyleCardFile card) {
                return cards.read(Path.of(card.file())).newRequest();
            }

            @Override
            public String reference(RequestNode name, boolean pinned) {
                return absolute(name);
            }

            @Override
            public String input(String kind, RequestNode input, boolean said) {
                return kinds.readsFile(kind) ? reference(input, said) : input.text();
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
            throw name.fault(
                    "'%s' says not in which folder; give the absolute path of the file".formatted(name.text()));
        }
        return file.toString();
    }

    private static Path resolved(Path folder, RequestNode name) {
        try {
            return folder.resolve(name.text()).normalize();
        } catch (InvalidPathException e) {
            throw name.fault("'" + name.text() + "' is no name of a file");
        }
    }

    private static String within(Path folder, RequestNode name) {
        Path resolved = resolved(folder, name);
        boolean leaves = !resolved.startsWith(folder);
        try {
            leaves |= Files.exists(resolved) && !resolved.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw name.fault(resolved + ": " + IoErrors.of(e));
        }
        if (leaves || Path.of(name.text()).isAbsolute()) {
            throw name.fault("'%s' leaves the folder of the request; put the file there, or name it on the command line"
                    .formatted(name.text()));
        }
        return resolved.toString();
    }
}
