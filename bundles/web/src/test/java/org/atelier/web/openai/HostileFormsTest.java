package org.atelier.web.openai;

import static org.atelier.web.sets.ServedAtelier.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.atelier.web.clients.PixelBomb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of many parts and pictures that must be refused, without a job, without a file that stays, and without harm to the next call. */
@Timeout(60)
class HostileFormsTest {

    private static final String EDITS = "/images/edits";

    @TempDir
    private Path data;

    private ServedOpenAi openAi;

    @BeforeEach
    void serve() throws Exception {
        openAi = new ServedOpenAi(data);
    }

    @AfterEach
    void leavesNothing() throws Exception {
        try {
            assertTrue(openAi.queue().jobs().isEmpty());
            try (Stream<Path> uploads = Files.list(data.resolve("uploads"))) {
                assertEquals(0, uploads.count());
            }
            assertEquals(200, openAi.atelier.get("/models").statusCode());
        } finally {
            openAi.stop();
        }
    }

    @Test
    void refusesAPixelBombInAForm() throws Exception {
        assertRefused(
                "image 1: 60000 x 60000 pixels are too many, 64 megapixels at most; reduce the image first.",
                openAi.form(EDITS, new MultipartBody().text("prompt", "a").file("image", "a.png", PixelBomb.bytes())));
        assertRefused(
                "mask: 60000 x 60000 pixels are too many, 64 megapixels at most; reduce the image first.",
                openAi.form(
                        EDITS,
                        new MultipartBody()
                                .text("prompt", "a")
                                .file("image", "a", new byte[0])
                                .file("mask", "a", PixelBomb.bytes())));
    }

    /** The type and the name of a part say PNG; its content decides. */
    @ParameterizedTest
    @ValueSource(strings = {"<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "GIF89a", "<html><script>", ""})
    void refusesWhatIsNoImage(String content) throws Exception {
        HttpResponse<String> response = openAi.form(
                EDITS,
                new MultipartBody()
                        .text("prompt", "a")
                        .file("image", "a.png", content.getBytes(StandardCharsets.UTF_8)));

        assertEquals(400, response.statusCode());
        assertEquals("input_unreadable", error(response).get("code").getAsString());
    }

    @Test
    void refusesAFormThatIsTooLarge() throws Exception {
        byte[] tooLarge = new byte[(int) CallParameters.MAX_FORM_BYTES];
        assertEquals(
                413,
                openAi.form(EDITS, new MultipartBody().text("prompt", "a").file("image", "a.png", tooLarge))
                        .statusCode());
    }

    @Test
    void fetchesNoUrls() throws Exception {
        HttpResponse<String> response = openAi.atelier.post(
                EDITS,
                "{\"prompt\":\"a\",\"image\":\"http://127.0.0.1:%d/v1/health\"}".formatted(openAi.atelier.port()));

        assertEquals(400, response.statusCode());
        assertTrue(error(response).get("message").getAsString().contains("images are not fetched from other URLs"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data | --x--",
                "multipart/form-data; boundary= | --x--",
                "multipart/form-data; boundary=x | ",
                "multipart/form-data; boundary=x | no boundary at all",
                "multipart/form-data; boundary=x | --x CRLF Content-Disposition: form-data; name=prompt CRLF CRLF a",
                "multipart/form-data; boundary=x | --x CRLF CRLF a CRLF --x--",
                "multipart/form-data; boundary=x | --x CRLF no colon CRLF CRLF a CRLF --x--",
                "multipart/form-data; boundary=x | --x CRLF Content-Disposition: form-data CRLF CRLF a CRLF --x--",
                "multipart/form-data; boundary=x | --x CRLF Content-Disposition: form-data; name=LONG CRLF CRLF a CRLF --x--",
            })
    void refusesMalformedForms(String type, String body) throws Exception {
        String sent = body == null ? "" : body.replace(" CRLF ", "\r\n").replace("LONG", "x".repeat(100_000));
        HttpResponse<String> response = openAi.atelier.send(
                openAi.atelier.call(EDITS).header("Content-Type", type).POST(BodyPublishers.ofString(sent)));

        assertEquals(400, response.statusCode(), response.body());
        String message = error(response).get("message").getAsString();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("multipart/form-data") || message.contains("is missing"), message);
    }

    @Test
    void refusesTooManyParts() throws Exception {
        MultipartBody form = new MultipartBody().text("prompt", "a");
        for (int i = 0; i < 2000; i++) {
            form.text("p" + i, "");
        }
        assertEquals(400, openAi.form(EDITS, form).statusCode());
    }

    @Test
    void refusesAFormThatIsNotUtf8() throws Exception {
        HttpResponse<String> response = openAi.form(
                EDITS,
                new MultipartBody()
                        .part("Content-Disposition: form-data; name=\"prompt\"", new byte[] {(byte) 0xFF, (byte) 0xFE})
                        .file("image", "a.png", ServedOpenAi.png(8, 8, Color.RED)));

        assertEquals(400, response.statusCode());
    }

    private static void assertRefused(String message, HttpResponse<String> response) {
        assertEquals(400, response.statusCode());
        assertEquals(message, error(response).get("message").getAsString());
    }
}
