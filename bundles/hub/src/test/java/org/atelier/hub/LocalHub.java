package org.atelier.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A local hub with the protocol of the real one: the commit and the paged file tree of a model, HEAD with hash and size, large files by a
 * redirect to a signed URL of a store on another host. Records every request and can simulate failures.
 */
final class LocalHub implements AutoCloseable {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String REPOSITORY = "org/toy";

    private static final int PAGE = 2;

    /** A received request. */
    record Request(String method, boolean atStore, String path, String authorization, String range, String encoding) {}

    /** Handles a request instead of the hub, to simulate a failure. */
    interface Interceptor {
        /** @return whether it has responded; if not, the hub handles the request */
        boolean answers(HttpExchange exchange, boolean atStore) throws IOException;
    }

    private final String repository;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub = server();
    private final HttpServer store = server();
    private final Map<String, byte[]> small = new TreeMap<>();
    private final Map<String, byte[]> large = new TreeMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Interceptor> mishaps = new CopyOnWriteArrayList<>();
    private final AtomicInteger signature = new AtomicInteger();
    private volatile boolean rangesIgnored;

    LocalHub() {
        this(REPOSITORY);
    }

    /** @param repository the only one */
    LocalHub(String repository) {
        this.repository = repository;
        hub.createContext("/", exchange -> answer(exchange, false));
        store.createContext("/", exchange -> answer(exchange, true));
        hub.start();
        store.start();
    }

    private HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    LocalHub small(String path, String content) {
        small.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    LocalHub large(String path, byte[] content) {
        large.put(path, content);
        return this;
    }

    void interceptor(Interceptor interceptor) {
        mishaps.add(interceptor);
    }

    /** Sets the response to the next requests. */
    void answerNext(int times, int code, String... headers) {
        List<Integer> left = new CopyOnWriteArrayList<>();
        for (int i = 0; i < times; i++) {
            left.add(i);
        }
        interceptor((exchange, atStore) -> {
            if (left.isEmpty()) {
                return false;
            }
            left.remove(0);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(code, -1);
            return true;
        });
    }

    void ignoreRanges() {
        rangesIgnored = true;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> atStore() {
        return requests.stream().filter(Request::atStore).toList();
    }

    void clearRequests() {
        requests.clear();
    }

    private void answer(HttpExchange exchange, boolean atStore) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    atStore,
                    path,
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Range"),
                    exchange.getRequestHeaders().getFirst("Accept-Encoding")));
            for (Interceptor interceptor : mishaps) {
                if (interceptor.answers(exchange, atStore)) {
                    return;
                }
            }
            if (atStore) {
                stored(exchange, path);
            } else if (path.startsWith("/api/models/" + repository + "/revision/")) {
                revision(exchange);
            } else if (path.equals("/api/models/" + repository + "/tree/" + COMMIT)) {
                tree(exchange);
            } else if (path.startsWith("/" + repository + "/resolve/")) {
                resolve(exchange, path);
            } else {
                refuse(exchange, 401, "RepoNotFound");
            }
        }
    }

    private void revision(HttpExchange exchange) throws IOException {
        String revision = exchange.getRequestURI().getPath().replaceFirst(".*/revision/", "");
        if (!revision.equals("main") && !revision.equals("refs/pr/1") && !revision.equals(COMMIT)) {
            refuse(exchange, 404, "RevisionNotFound");
            return;
        }
        JsonObject model = new JsonObject();
        model.addProperty("id", repository);
        model.addProperty("sha", COMMIT);
        send(exchange, 200, model.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void tree(HttpExchange exchange) throws IOException {
        List<JsonObject> entries = new ArrayList<>();
        entries.add(entry("directory", "onnx", 0, "0".repeat(40)));
        small.forEach((path, bytes) -> entries.add(entry("file", path, bytes.length, gitHash(bytes))));
        large.forEach((path, bytes) -> {
            JsonObject entry = entry("file", path, bytes.length, "f".repeat(40));
            JsonObject lfs = new JsonObject();
            lfs.addProperty("oid", sha256(bytes));
            lfs.addProperty("size", bytes.length);
            lfs.addProperty("pointerSize", 130);
            entry.add("lfs", lfs);
            entries.add(entry);
        });
        String query = exchange.getRequestURI().getQuery();
        int from = query.contains("cursor=") ? Integer.parseInt(query.replaceFirst(".*cursor=(\\d+).*", "$1")) : 0;
        JsonArray page = new JsonArray();
        entries.subList(from, Math.min(from + PAGE, entries.size())).forEach(page::add);
        if (from + PAGE < entries.size()) {
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "<%s/api/models/%s/tree/%s?recursive=true&cursor=%d>; rel=\"next\""
                                    .formatted(endpoint(), repository, COMMIT, from + PAGE));
        }
        send(exchange, 200, page.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject entry(String type, String path, long size, String hash) {
        JsonObject entry = new JsonObject();
        entry.addProperty("type", type);
        entry.addProperty("path", path);
        entry.addProperty("size", size);
        entry.addProperty("oid", hash);
        return entry;
    }

    private void resolve(HttpExchange exchange, String path) throws IOException {
        String file = path.replaceFirst("/" + repository + "/resolve/[^/]+/", "");
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        if (small.containsKey(file)) {
            exchange.getResponseHeaders().set("ETag", "\"" + gitHash(small.get(file)) + "\"");
            content(exchange, small.get(file));
        } else if (large.containsKey(file)) {
            byte[] bytes = large.get(file);
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha256(bytes) + "\"");
            exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(bytes.length));
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://localhost:%d/%s?signature=%d"
                                    .formatted(store.getAddress().getPort(), file, signature.incrementAndGet()));
            exchange.sendResponseHeaders(302, -1);
        } else {
            refuse(exchange, 404, "EntryNotFound");
        }
    }

    private void stored(HttpExchange exchange, String path) throws IOException {
        if (!exchange.getRequestURI().getQuery().equals("signature=" + signature.get())) {
            exchange.sendResponseHeaders(403, -1);
            return;
        }
        content(exchange, large.get(path.substring(1)));
    }

    private void content(HttpExchange exchange, byte[] bytes) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null || rangesIgnored) {
            send(exchange, 200, bytes);
            return;
        }
        int from = Integer.parseInt(range.replaceFirst("bytes=(\\d+)-", "$1"));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
        send(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static void refuse(HttpExchange exchange, int code, String reason) throws IOException {
        exchange.getResponseHeaders().set("X-Error-Code", reason);
        exchange.sendResponseHeaders(code, -1);
    }

    private static void send(HttpExchange exchange, int code, byte[] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(code, -1);
            return;
        }
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    static String sha256(byte[] bytes) {
        return hash("SHA-256", bytes);
    }

    static String gitHash(byte[] bytes) {
        byte[] header = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        return hash("SHA-1", all);
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
