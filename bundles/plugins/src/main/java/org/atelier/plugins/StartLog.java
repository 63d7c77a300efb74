package org.atelier.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/**
 * Captures why constructors fail. Declarative Services logs the cause on the thread that starts the component, and the
 * caller learns only that it failed.
 */
@Component(service = StartLog.class)
public final class StartLog implements LogListener {

    /** The exceptions logged on each recording thread. */
    private final Map<Thread, List<Throwable>> recorded = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(LogReaderService reader) {
        reader.addLogListener(this);
    }

    void remove(LogReaderService reader) {
        reader.removeLogListener(this);
    }

    @Override
    public void logged(LogEntry entry) {
        List<Throwable> listening = recorded.get(Thread.currentThread());
        if (listening != null && entry.getException() != null) {
            listening.add(entry.getException());
        }
    }

    /** Starts recording on this thread. */
    void listen() {
        recorded.put(Thread.currentThread(), new ArrayList<>());
    }

    /** Stops recording on this thread and returns the last exception. */
    Optional<Throwable> last() {
        List<Throwable> listening = recorded.remove(Thread.currentThread());
        return listening == null || listening.isEmpty()
                ? Optional.empty()
                : Optional.of(listening.get(listening.size() - 1));
    }
}
