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
 * Hears why constructors fail. Declarative services log it, on the thread that starts the component, and tell the caller
 * only that it failed.
 */
@Component(service = StartLog.class)
public final class StartLog implements LogListener {

    /** What was logged on each thread that listens; nothing is kept for the others. */
    private final Map<Thread, List<Throwable>> heard = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(LogReaderService reader) {
        reader.addLogListener(this);
    }

    void remove(LogReaderService reader) {
        reader.removeLogListener(this);
    }

    @Override
    public void logged(LogEntry entry) {
        List<Throwable> listening = heard.get(Thread.currentThread());
        if (listening != null && entry.getException() != null) {
            listening.add(entry.getException());
        }
    }

    /** From now on, on this thread. */
    void listen() {
        heard.put(Thread.currentThread(), new ArrayList<>());
    }

    /** The last that was logged on this thread since it listens, which it does no longer. */
    Optional<Throwable> last() {
        List<Throwable> listening = heard.remove(Thread.currentThread());
        return listening == null || listening.isEmpty()
                ? Optional.empty()
                : Optional.of(listening.get(listening.size() - 1));
    }
}
