package org.atelier.studio.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/**
 * The locked folders of this process. POSIX releases the lock of a process as soon as the process closes any channel to the
 * file, so a process that holds the lock must not open the file again, not even to find that it is locked.
 */
@Component(service = SetLocks.class)
public final class SetLocks {

    private final Set<Path> held = ConcurrentHashMap.newKeySet();

    /** @return empty if another process or thread holds the lock */
    Optional<SetLock> take(Path folder) throws IOException {
        Path place = folder.toRealPath();
        if (!held.add(place)) {
            return Optional.empty();
        }
        Optional<SetLock> taken = Optional.empty();
        try {
            taken = SetLock.take(place, () -> held.remove(place));
            return taken;
        } finally {
            if (taken.isEmpty()) {
                held.remove(place);
            }
        }
    }
}
