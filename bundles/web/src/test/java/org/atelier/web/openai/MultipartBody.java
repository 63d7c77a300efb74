package org.atelier.web.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body of the type {@code multipart/form-data}. */
final class MultipartBody {

    private static final String BOUNDARY = "----boundary7MA4YWxk";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    String type() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    MultipartBody text(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    /** As openai-java sends a stream: without a file name. */
    MultipartBody stream(String name, byte[] content) {
        return part(
                "Content-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: application/octet-stream",
                content);
    }

    MultipartBody file(String name, String fileName, byte[] content) {
        return part(
                "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: image/png"
                        .formatted(name, fileName),
                content);
    }

    MultipartBody part(String headers, byte[] content) {
        write("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n");
        bytes.writeBytes(content);
        write("\r\n");
        return this;
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }
}
