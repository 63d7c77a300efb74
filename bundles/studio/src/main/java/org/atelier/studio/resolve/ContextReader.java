package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.CANCELLED;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.SetListener;
import org.atelier.plugins.PluginLease;
import org.atelier.plugins.PluginRegistry;

/** Puts contexts into words: all are checked before the first is read, then they are read in order. */
public final class ContextReader {

    private static final int MOST_CONTEXTS = 64;

    private final PluginRegistry<ContextSource> sources;
    private final ContextKinds kinds;

    public ContextReader(PluginRegistry<ContextSource> sources, ContextKinds kinds) {
        this.sources = sources;
        this.kinds = kinds;
    }

    /**
     * Settles the options that are given and the paths of files, and checks what is to be read.
     *
     * @param faults told of unknown kinds, wrong options and inputs that cannot be read
     */
    List<ContextInput> settle(List<ContextInput> asked, Faults faults) {
        faults.unless(
                asked.size() <= MOST_CONTEXTS,
                "A set has at most %d contexts, not %d.".formatted(MOST_CONTEXTS, asked.size()));
        return asked.stream()
                .limit(MOST_CONTEXTS)
                .map(context -> settle(context, faults))
                .toList();
    }

    /** What has its words needs no plugin any more. */
    private ContextInput settle(ContextInput asked, Faults faults) {
        if (asked.said() != null) {
            return asked;
        }
        Faults own = new Faults();
        ContextInput context = kinds.readsFile(asked.kind()) ? asked.named(absolute(asked.input(), own)) : asked;
        Map<String, Object> options = sources.resolve(context.kind(), context.options(), own);
        if (own.isEmpty()) {
            check(context.kind(), context.input(), options).ifPresent(own::add);
        }
        faults.addAll(own);
        Map<String, Object> given = new LinkedHashMap<>(options);
        given.keySet().retainAll(context.options().keySet());
        return new ContextInput(context.kind(), context.input(), given, context.forReference(), null);
    }

    private static String absolute(String file, Faults faults) {
        try {
            return Path.of(file).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            faults.add("'%s' is no name of a file.".formatted(file));
            return file;
        }
    }

    private Optional<AtelierException> check(String kind, String input, Map<String, Object> options) {
        try (PluginLease<ContextSource> lease = sources.lease(kind, options)) {
            lease.plugin().check(input);
            return Optional.empty();
        } catch (AtelierException e) {
            return Optional.of(e);
        }
    }

    /** Why an input of a kind cannot be put into words with the kind's own options, if so. */
    Optional<String> objection(ContextInput context) {
        Faults faults = new Faults();
        settle(context, faults);
        return faults.isEmpty() ? Optional.empty() : Optional.of(faults.asOne().getMessage());
    }

    /**
     * Reads what is not read yet.
     *
     * @param settled as {@link #settle} gives them
     * @param listener told of progress; says when to stop
     * @return all of them with their words
     */
    List<ContextInput> read(List<ContextInput> settled, SetListener listener) {
        int unread =
                (int) settled.stream().filter(context -> context.said() == null).count();
        List<ContextInput> read = new ArrayList<>();
        int number = 0;
        for (ContextInput context : settled) {
            if (context.said() != null) {
                read.add(context);
            } else {
                read.add(context.saying(words(context, new ContextProgress(listener, number, unread))));
                number++;
            }
        }
        return read;
    }

    private ContextText words(ContextInput context, ContextProgress progress) {
        if (progress.cancelled()) {
            throw new AtelierException(CANCELLED, "Cancelled before anything was drawn.");
        }
        Faults faults = new Faults();
        Map<String, Object> options = sources.resolve(context.kind(), context.options(), faults);
        faults.throwIfAny();
        try (PluginLease<ContextSource> lease = sources.lease(context.kind(), options)) {
            progress.read(0);
            ContextText words = lease.plugin().read(context.input(), progress);
            progress.read(1);
            return words;
        }
    }
}
