package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

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
import org.atelier.plugins.PluginRegistry;
import org.atelier.studio.input.InputFile;
import org.atelier.studio.input.InputKind;
import org.atelier.studio.input.InputPath;

/**
 * Turns contexts into text. All contexts are checked before the first is read; then they are read in order. A plugin reads a
 * copy of a file, and its error messages name the original.
 */
public final class ContextReader {

    private static final int MAX_CONTEXTS = 64;

    private final PluginRegistry<ContextSource> sources;
    private final ContextKinds kinds;

    public ContextReader(PluginRegistry<ContextSource> sources, ContextKinds kinds) {
        this.sources = sources;
        this.kinds = kinds;
    }

    /**
     * Resolves the given options and the paths of files, and checks the inputs.
     *
     * @param resources leases the plugins and reads the files
     * @param faults collects unknown kinds, invalid options and inputs that cannot be read
     */
    List<ContextInput> resolve(List<ContextInput> contexts, SetResources resources, Faults faults) {
        faults.require(
                contexts.size() <= MAX_CONTEXTS,
                "A set has at most %d contexts, not %d.".formatted(MAX_CONTEXTS, contexts.size()));
        return contexts.stream()
                .limit(MAX_CONTEXTS)
                .map(context -> resolve(context, resources, faults))
                .toList();
    }

    /** Resolves one context; a context that already has its text needs no plugin. */
    private ContextInput resolve(ContextInput requested, SetResources resources, Faults faults) {
        if (requested.resolved() != null) {
            return requested;
        }
        Faults own = new Faults();
        ContextInput context =
                kinds.readsFile(requested.kind()) ? requested.withInput(absolute(requested.input(), own)) : requested;
        Map<String, Object> options = sources.resolve(context.kind(), context.options(), resources.pluginModels(), own);
        if (own.isEmpty()) {
            context = verified(context, resources, own);
            check(context, options, resources).ifPresent(own::add);
        }
        faults.addAll(own);
        Map<String, Object> given = new LinkedHashMap<>(options);
        given.keySet().retainAll(context.options().keySet());
        return new ContextInput(context.kind(), context.input(), given, context.forReference(), context.sha256(), null);
    }

    /** Records the hash of a file that can be read, and checks that it has not changed. */
    private ContextInput verified(ContextInput context, SetResources resources, Faults faults) {
        if (!kinds.readsFile(context.kind())) {
            return context;
        }
        try {
            String sha256 = resources
                    .inputs()
                    .read(InputPath.of(context.input()), InputKind.CONTEXT)
                    .sha256();
            if (context.sha256() != null && !context.sha256().equals(sha256)) {
                faults.add(new AtelierException(
                        INPUT_UNREADABLE,
                        "%s has changed since the request was resolved; restore the old file, or give the new one with --%s."
                                .formatted(context.input(), context.kind())));
            }
            return context.withSha256(sha256);
        } catch (AtelierException e) {
            return context; // the check of the plugin reports it
        }
    }

    private static String absolute(String file, Faults faults) {
        try {
            return InputPath.of(file).toString();
        } catch (AtelierException e) {
            faults.add(e);
            return file;
        }
    }

    private Optional<AtelierException> check(
            ContextInput context, Map<String, Object> options, SetResources resources) {
        try {
            call(context, options, resources, (plugin, input) -> {
                plugin.check(input);
                return null;
            });
            return Optional.empty();
        } catch (AtelierException e) {
            return Optional.of(e);
        }
    }

    /** Returns why an input cannot be turned into text with default options; empty if it can. */
    Optional<String> problem(ContextInput context, SetResources resources) {
        Faults faults = new Faults();
        resolve(context, resources, faults);
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(faults.toException().getMessage());
    }

    /**
     * Reads all contexts that have no text yet, then closes the plugins, so that their models do not occupy memory while the
     * networks run.
     *
     * @param resolved the contexts that {@link #resolve} returned
     * @param listener can cancel
     * @return all contexts, with their texts
     */
    List<ContextInput> read(List<ContextInput> resolved, SetResources resources, SetListener listener) {
        int unread = (int)
                resolved.stream().filter(context -> context.resolved() == null).count();
        List<ContextInput> read = new ArrayList<>();
        int number = 0;
        for (ContextInput context : resolved) {
            if (context.resolved() != null) {
                read.add(context);
            } else {
                ContextProgress progress = new ContextProgress(listener, number, unread);
                read.add(context.withText(text(context, resources, progress)));
                number++;
            }
        }
        resources.contexts().close();
        return read;
    }

    private ContextText text(ContextInput context, SetResources resources, ContextProgress progress) {
        if (progress.cancelled()) {
            throw new AtelierException(CANCELLED, "Cancelled before anything was generated.");
        }
        Faults faults = new Faults();
        Map<String, Object> options =
                sources.resolve(context.kind(), context.options(), resources.pluginModels(), faults);
        faults.throwIfAny();
        return call(context, options, resources, (plugin, input) -> {
            progress.progressed(0);
            ContextText text = plugin.read(input, progress);
            progress.progressed(1);
            return text;
        });
    }

    /** A call of a plugin with its input. */
    private interface PluginCall<T> {
        T call(ContextSource plugin, String input);
    }

    private <T> T call(
            ContextInput context, Map<String, Object> options, SetResources resources, PluginCall<T> pluginCall) {
        ContextSource plugin =
                resources.contexts().lease(context.kind(), options).plugin();
        if (!kinds.readsFile(context.kind())) {
            return pluginCall.call(plugin, context.input());
        }
        InputFile file = resources.inputs().read(InputPath.of(context.input()), InputKind.CONTEXT);
        try {
            return pluginCall.call(plugin, file.copy().toString());
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), file.namingSource(e.getMessage()), e);
        }
    }
}
