package org.atelier.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A standard stream that remembers its first error, which {@link PrintStream} swallows. */
public final class StandardStream extends OutputStream {

    private final OutputStream stream;
    private IOException fault;

    /** @param descriptor that of standard output or standard error */
    public StandardStream(FileDescriptor descriptor) {
        this(new FileOutputStream(descriptor));
    }

    StandardStream(OutputStream stream) {
        this.stream = stream;
    }

    /** Returns a stream for text. It encodes as UTF-8 whatever the locale, as prompts can be in any language. */
    public PrintStream text() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    /** Returns why what was printed is incomplete; empty if it is complete. */
    public synchronized Optional<IOException> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        try {
            stream.write(bytes, offset, count);
        } catch (IOException e) {
            fault = fault == null ? e : fault;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }
}
