package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.CANCELLED;

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
 * Turns contexts into text: all are checked before the first is read, then they are read in order. A plugin reads a copy
 * of a file, and its errors name the file itself.
 */
public final class ContextReader {

    private static final int MOST_CONTEXTS = 64;

    private final PluginRegistry<ContextSource> sources;
    private final ContextKinds kinds;

    public ContextReader(PluginRegistry<ContextSource> sources, ContextKinds kinds) {
        this.sources = sources;
        this.kinds = kinds;
    }

    /**
     * Resolves the options that are given and the paths of files, and checks what is to be read.
     *
     * @param resources lease the plugins and read the files
     * @param faults collects unknown kinds, wrong options and inputs that cannot be read
     */
    List<ContextInput> resolve(List<ContextInput> contexts, SetResources resources, Faults faults) {
        faults.require(
                contexts.size() <= MOST_CONTEXTS,
                "A set has at most %d contexts, not %d.".formatted(MOST_CONTEXTS, contexts.size()));
        return contexts.stream()
                .limit(MOST_CONTEXTS)
                .map(context -> resolve(context, resources, faults))
                .toList();
    }

    /** What has its text needs no plugin any more. */
    private ContextInput resolve(ContextInput asked, SetResources resources, Faults faults) {
        if (asked.resolved() != null) {
            return asked;
        }
        Faults own = new Faults();
        ContextInput context = kinds.readsFile(asked.kind()) ? asked.withInput(absolute(asked.input(), own)) : asked;
        Map<String, Object> options = sources.resolve(context.kind(), context.options(), own);
        if (own.isEmpty()) {
            check(context, options, resources).ifPresent(own::add);
        }
        faults.addAll(own);
        Map<String, Object> given = new LinkedHashMap<>(options);
        given.keySet().retainAll(context.options().keySet());
        return new ContextInput(context.kind(), context.input(), given, context.forReference(), null);
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
            ask(context, options, resources, (plugin, input) -> {
                plugin.check(input);
                return null;
            });
            return Optional.empty();
        } catch (AtelierException e) {
            return Optional.of(e);
        }
    }

    /** Why an input cannot be turned into text with the kind's own options; empty where it can. */
    Optional<String> objection(ContextInput context, SetResources resources) {
        Faults faults = new Faults();
        resolve(context, resources, faults);
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(faults.toException().getMessage());
    }

    /**
     * Reads what is not read yet, then ends the plugins: their models are not to be in memory beside the networks.
     *
     * @param resolved as {@link #resolve} gives them
     * @param listener says when to stop
     * @return all of them with their texts
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
        Map<String, Object> options = sources.resolve(context.kind(), context.options(), faults);
        faults.throwIfAny();
        return ask(context, options, resources, (plugin, input) -> {
            progress.progressed(0);
            ContextText text = plugin.read(input, progress);
            progress.progressed(1);
            return text;
        });
    }

    /** Something asked of a plugin about the input that it is given. */
    private interface Question<T> {
        T ask(ContextSource plugin, String input);
    }

    private <T> T ask(ContextInput context, Map<String, Object> options, SetResources resources, Question<T> question) {
        ContextSource plugin =
                resources.contexts().lease(context.kind(), options).plugin();
        if (!kinds.readsFile(context.kind())) {
            return question.ask(plugin, context.input());
        }
        InputFile file = resources.inputs().read(InputPath.of(context.input()), InputKind.CONTEXT);
        try {
            return question.ask(plugin, file.copy().toString());
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), file.namingSource(e.getMessage()), e);
        }
    }
}
