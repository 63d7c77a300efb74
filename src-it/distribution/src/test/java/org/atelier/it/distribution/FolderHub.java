package org.atelier.it.distribution;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hub on this machine whose models are folders of this machine; it notes which were asked for. */
final class FolderHub implements AutoCloseable {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final Map<String, Path> models;
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** @param models folders by {@code org/name} */
    FolderHub(Map<String, Path> models) throws IOException {
        this.models = models;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The models that were asked for since this was called last, each once, in order. */
    List<String> requested() {
        List<String> noted = requested.stream().distinct().toList();
        requested.clear();
        return noted;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/(api/models/)?", "");
        String name = models.keySet().stream()
                .filter(model -> path.startsWith(model + "/"))
                .findFirst()
                .orElse("");
        requested.add(name.isEmpty() ? path : name);
        try (exchange) {
            byte[] content = name.isEmpty() ? null : content(models.get(name), path.substring(name.length() + 1));
            if (content == null || exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(content == null ? 404 : 200, -1);
            } else {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    /** {@code null} where there is none. */
    private static byte[] content(Path folder, String path) throws IOException {
        if (path.equals("revision/main")) {
            return ("{\"sha\": \"" + COMMIT + "\"}").getBytes(StandardCharsets.UTF_8);
        }
        if (path.equals("tree/" + COMMIT)) {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> entry(folder, file))
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(StandardCharsets.UTF_8);
            }
        }
        Path file = folder.resolve(path.replaceFirst("^resolve/" + COMMIT + "/", ""));
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }

    private static String entry(Path folder, Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            MessageDigest git = MessageDigest.getInstance("SHA-1");
            git.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return "{\"type\": \"file\", \"path\": \"%s\", \"size\": %d, \"oid\": \"%s\"}"
                    .formatted(
                            folder.relativize(file),
                            content.length,
                            HexFormat.of().formatHex(git.digest(content)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(file + " cannot be listed", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
