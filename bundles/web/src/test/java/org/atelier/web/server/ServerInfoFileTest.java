package org.atelier.web.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerInfoFileTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:7860/, 127.0.0.1, http://127.0.0.1:7860",
        "http://192.0.2.2:7860/, 0.0.0.0, http://127.0.0.1:7860",
        "https://192.0.2.2:7860/, 192.0.2.2, https://192.0.2.2:7860",
        "https://192.0.2.2/, 0.0.0.0, https://127.0.0.1:443",
        "http://:::7860/, ::, http://127.0.0.1:7860",
        "http://::1:7860/, ::1, http://[0:0:0:0:0:0:0:1]:7860",
        "http://127.0.0.1:7860/, , http://127.0.0.1:7860"
    })
    void namesTheAddressForThisMachine(String endpoint, String host, URI address) {
        assertEquals(address, ServerInfoFile.address(new String[] {"http://127.0.0.1:0/", endpoint}, host));
        assertEquals(address, ServerInfoFile.address(endpoint, host));
    }

    @Test
    void requiresAPort() {
        assertThrows(IllegalStateException.class, () -> ServerInfoFile.address(new String[0], "127.0.0.1"));
        assertThrows(IllegalStateException.class, () -> ServerInfoFile.address("http://127.0.0.1:-1/", "127.0.0.1"));
    }
}
