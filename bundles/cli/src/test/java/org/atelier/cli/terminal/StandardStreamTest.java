package org.atelier.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StandardStreamTest {

    @Test
    void writesTextAsUtf8() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        StandardStream stream = new StandardStream(written);

        stream.text().println("größe");

        assertEquals("größe", written.toString(StandardCharsets.UTF_8).strip());
        assertTrue(stream.fault().isEmpty());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void remembersThatADeviceIsFull() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            StandardStream stream = new StandardStream(full);

            stream.text().print("a");
            stream.text().println("b");

            assertTrue(stream.fault().orElseThrow().getMessage().contains("No space left"));
        }
    }
}
