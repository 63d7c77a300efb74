package org.atelier.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.ErrorFormat;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter before a servlet that knows nothing of it, in a Jetty server on all interfaces. */
@Timeout(60)
class AccessFilterTest {

    private static final String TOKEN = "correct-horse-battery";
    private static final AccessRules PUBLIC =
            new AccessRules(false, Set.of("host.docker.internal"), Set.of("https://app.example"));

    private final AccessFilter filter = new AccessFilter(PUBLIC);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler();
        handler.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
        handler.addServlet(new ServletHolder(new Page()), "/*");
        server.setHandler(handler);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** A servlet with a content security policy of its own; under {@code /secret} it requires the token. */
    private static final class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Content-Security-Policy", "default-src 'self'");
            try {
                if (request.getPathInfo().startsWith("/secret")) {
                    AccessToken.of(TOKEN).requireBearerOrPassword(request);
                }
                response.getOutputStream().print("page");
            } catch (ApiError error) {
                new ApiResponse(response).error(error, ErrorFormat.OPENAI);
            }
        }
    }

    @Test
    void setsHeadersThatAServletMayReplace() throws IOException {
        String response = send("GET / HTTP/1.1", "Host: localhost");

        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertEquals("no-store", header(response, "Cache-Control"));
        assertEquals("no-referrer", header(response, "Referrer-Policy"));
        assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"));
        assertEquals("default-src 'self'", header(response, "Content-Security-Policy"));
        assertEquals(
                "default-src 'none'; frame-ancestors 'none'",
                header(send("GET / HTTP/1.1", "Host: evil.example"), "Content-Security-Policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:7860", "127.0.0.1", "[::1]:7860", "HOST.docker.internal:7860"})
    void admitsItsOwnNames(String host) throws IOException {
        assertTrue(send("GET / HTTP/1.1", "Host: " + host).startsWith("HTTP/1.1 200 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "host.docker.internal.evil.example", "0.0.0.0", "192.0.2.1", "[2001:db8::1]"})
    void refusesOtherNames(String host) throws IOException {
        String response = send("GET / HTTP/1.1", "Host: " + host);

        assertTrue(response.startsWith("HTTP/1.1 403 ") && response.contains("foreign_host"), response);
        assertFalse(response.contains("page"), response);
    }

    /** The address by which another machine has reached the server. */
    @Test
    void admitsTheAddressThatAConnectionArrivesAt() throws IOException {
        Optional<InetAddress> outside = outsideAddress();
        if (outside.isPresent()) {
            String host = "Host: " + outside.get().getHostAddress();
            assertTrue(send(outside.get(), "GET / HTTP/1.1", host).startsWith("HTTP/1.1 200 "));
            String local = send(InetAddress.getLoopbackAddress(), "GET / HTTP/1.1", host);
            assertTrue(local.startsWith("HTTP/1.1 403 "), local);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:7860", "https://localhost:7860", "HTTPS://App.example"})
    void admitsItsOwnPagesAndThoseOfAllowedOrigins(String origin) throws IOException {
        assertTrue(send("POST / HTTP/1.1", "Host: localhost:7860", "Origin: " + origin, "Content-Length: 0")
                .startsWith("HTTP/1.1 200 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5173",
                "http://localhost",
                "https://app.example.evil",
                "http://app.example",
                "https://app.example:444",
                "null",
                "file://",
                "*"
            })
    void refusesPagesOfOtherOrigins(String origin) throws IOException {
        for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
            String response = send(
                    method + " / HTTP/1.1",
                    "Host: localhost:7860",
                    "Origin: " + origin,
                    "Access-Control-Request-Method: POST",
                    "Content-Length: 0");

            assertTrue(response.startsWith("HTTP/1.1 403 ") && response.contains("foreign_origin"), response);
            assertEquals(null, header(response, "Access-Control-Allow-Origin"));
        }
    }

    @Test
    void answersThePreflightOfAnAllowedOriginWithoutTheToken() throws IOException {
        String response = send(
                "OPTIONS /secret HTTP/1.1",
                "Host: localhost",
                "Origin: https://app.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type, x-stainless-os",
                "Access-Control-Request-Private-Network: true");

        assertTrue(response.startsWith("HTTP/1.1 204 "), response);
        assertEquals("https://app.example", header(response, "Access-Control-Allow-Origin"));
        assertEquals("GET, HEAD, POST, DELETE", header(response, "Access-Control-Allow-Methods"));
        assertEquals("authorization,content-type, x-stainless-os", header(response, "Access-Control-Allow-Headers"));
        assertEquals("true", header(response, "Access-Control-Allow-Private-Network"));
        assertTrue(response.contains("Vary: Origin"), response);
        assertEquals(null, header(response, "Access-Control-Allow-Credentials"));
    }

    @Test
    void letsAnAllowedPageReadTheAnswerAndCachesKeepItApart() throws IOException {
        String allowed = send("GET /secret HTTP/1.1", "Host: localhost", "Origin: https://app.example");

        assertTrue(allowed.startsWith("HTTP/1.1 401 "), allowed);
        assertEquals("https://app.example", header(allowed, "Access-Control-Allow-Origin"));
        assertTrue(header(allowed, "Access-Control-Expose-Headers").contains("Retry-After"), allowed);
        String without = send("GET / HTTP/1.1", "Host: localhost");
        assertEquals("Origin", header(without, "Vary"));
        assertEquals(null, header(without, "Access-Control-Allow-Origin"));
    }

    @Test
    void passesOtherOptionsRequestsOn() throws IOException {
        assertTrue(send("OPTIONS / HTTP/1.1", "Host: localhost", "Origin: https://app.example")
                .endsWith("page"));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer correct-horse-battery, 200",
        "bearer  correct-horse-battery, 200",
        "Basic ANY:correct-horse-battery, 200",
        "basic :correct-horse-battery, 200",
        "Basic correct-horse-battery:, 401",
        "Basic correct-horse-battery, 401",
        "Basic a:b:correct-horse-battery, 401",
        "Bearer correct-horse-batterx, 401",
        "Bearer, 401",
        "Digest correct-horse-battery, 401",
        "Basic !!!, 401",
        "'', 401"
    })
    void takesTheTokenAlsoAsAPassword(String authorization, int status) throws IOException {
        String sent = authorization;
        if (authorization.contains(":") || authorization.equals("Basic correct-horse-battery")) {
            String[] parts = authorization.split(" ", 2);
            sent = parts[0] + " " + Base64.getEncoder().encodeToString(parts[1].getBytes(StandardCharsets.UTF_8));
        }

        String response = send("GET /secret HTTP/1.1", "Host: localhost", "Authorization: " + sent);

        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        if (status == 401) {
            assertEquals("Basic realm=\"Atelier\", charset=\"UTF-8\"", header(response, "WWW-Authenticate"));
        }
    }

    /** The address of another interface, if this machine has one. */
    private static Optional<InetAddress> outsideAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .filter(address -> address.getAddress().length == 4)
                .findFirst();
    }

    private String send(String line, String... headers) throws IOException {
        return send(InetAddress.getLoopbackAddress(), line, headers);
    }

    private String send(InetAddress address, String line, String... headers) throws IOException {
        try (Socket socket = new Socket(address, connector.getLocalPort())) {
            String request = line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the value of a header; {@code null} if it is absent. */
    private static String header(String response, String name) {
        return response.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(null);
    }
}
