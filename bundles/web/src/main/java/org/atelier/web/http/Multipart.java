package org.atelier.web.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/**
 * The parts of a body of the type {@code multipart/form-data}. A part is what its name says, whether it has a file name or not; a
 * file name is never used.
 *
 * @param parts in the order of the body
 */
public record Multipart(List<Part> parts) {

    private static final String TYPE = "multipart/form-data";
    private static final int MAX_PARTS = 1000;
    private static final int MAX_HEADER_BYTES = 8 << 10;
    private static final int BUFFER_SIZE = 1 << 16;

    /** A part of the body: a field with its content. */
    public static final class Part {

        private final String name;
        private final byte[] content;

        Part(String name, byte[] content) {
            this.name = name;
            this.content = content;
        }

        public String name() {
            return name;
        }

        public byte[] content() {
            return content;
        }

        /** @throws ApiError if the part is not UTF-8 */
        public String text() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(content))
                        .toString();
            } catch (CharacterCodingException e) {
                throw ApiError.of(400, "invalid_request", "The part '%s' is not valid UTF-8.".formatted(shown(name)));
            }
        }
    }

    /** Returns whether a body of a content type has parts. */
    public static boolean isType(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(TYPE);
    }

    /**
     * Reads the parts of a body.
     *
     * @param body bounded in size and time
     * @param contentType with the boundary
     * @throws ApiError if the body is malformed
     */
    public static Multipart read(InputStream body, String contentType) {
        String boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null || boundary.isBlank()) {
            throw malformed("the content type names no boundary");
        }
        Collector collector = new Collector();
        MultiPart.Parser parser = new MultiPart.Parser(boundary, collector);
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_HEADER_BYTES);
        byte[] buffer = new byte[BUFFER_SIZE];
        try {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                parser.parse(Content.Chunk.from(ByteBuffer.wrap(buffer, 0, count), false));
                collector.requireSound();
            }
            parser.parse(Content.Chunk.from(ByteBuffer.allocate(0), true));
        } catch (IOException e) {
            throw malformed("it is incomplete");
        }
        collector.requireSound();
        if (!collector.complete) {
            throw malformed("its last boundary is missing");
        }
        return new Multipart(List.copyOf(collector.parts));
    }

    private static ApiError malformed(String why) {
        return ApiError.of(400, "invalid_request", "The body is not valid multipart/form-data: %s.".formatted(why));
    }

    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }

    /** Collects what the parser finds. */
    private static final class Collector extends MultiPart.AbstractPartsListener {

        private final List<Part> parts = new ArrayList<>();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private Throwable failure;
        private boolean complete;

        @Override
        public void onPartContent(Content.Chunk chunk) {
            ByteBuffer bytes = chunk.getByteBuffer();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            content.writeBytes(copy);
        }

        @Override
        public void onPart(String name, String fileName, HttpFields headers) {
            if (name == null || name.isEmpty()) {
                failure = new IOException("a part has no name");
            } else {
                parts.add(new Part(name, content.toByteArray()));
            }
            content.reset();
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        @Override
        public void onFailure(Throwable fault) {
            failure = fault;
        }

        private void requireSound() {
            if (failure != null) {
                String why = failure.getMessage() == null ? "it cannot be read" : failure.getMessage();
                throw malformed(why.lines().findFirst().orElse("").replaceAll("\\.$", ""));
            }
        }
    }
}
