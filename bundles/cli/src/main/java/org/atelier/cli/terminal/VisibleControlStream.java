package org.atelier.cli.terminal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.atelier.text.ControlCharacters;

/** Prints texts with their control characters made visible. Bytes pass unchanged. */
final class VisibleControlStream extends PrintStream {

    private final PrintStream raw;

    /** @param raw where it prints to, in UTF-8 */
    VisibleControlStream(PrintStream raw) {
        super((OutputStream) raw, true, StandardCharsets.UTF_8);
        this.raw = raw;
    }

    /** What moves the cursor on purpose prints here. */
    PrintStream raw() {
        return raw;
    }

    @Override
    public void print(char unit) {
        super.print(ControlCharacters.shown(String.valueOf(unit)));
    }

    @Override
    public void print(char[] text) {
        super.print(ControlCharacters.shown(String.valueOf(text)));
    }

    @Override
    public void print(String text) {
        super.print(ControlCharacters.shown(String.valueOf(text)));
    }

    @Override
    public void print(Object value) {
        super.print(ControlCharacters.shown(String.valueOf(value)));
    }

    @Override
    public boolean checkError() {
        return super.checkError() || raw.checkError();
    }
}
