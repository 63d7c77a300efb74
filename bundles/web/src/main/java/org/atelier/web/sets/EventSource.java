package org.atelier.web.sets;

/** Where the events of a stream come from. The thread that writes the stream asks for them. */
interface EventSource {

    /** Returns the next event, formatted; {@code null} if there is none now. */
    byte[] next();

    /** Whether no event follows. */
    boolean isEnded();
}
