package org.atelier.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.text.WebNames;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.ErrorFormat;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the {@link AccessRules} to every request before it is dispatched to a servlet, also for servlets of other bundles and for
 * paths without a servlet. Sets the security headers of every response, which a servlet may replace, and the CORS headers
 * for the pages of allowed origins.
 */
@Designate(ocd = AccessSettings.class)
@Component(service = Preprocessor.class, configurationPid = "org.atelier.web")
public final class AccessFilter implements Preprocessor {

    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);

    /** Framework properties that the launcher sets from the options of the server; values are separated by commas. */
    private static final String HOSTS = "atelier.hosts";

    private static final String ORIGINS = "atelier.origins";

    /** The address on which Felix listens. */
    private static final String LISTENING = "org.apache.felix.http.host";

    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9-]+(?: *, *[A-Za-z0-9-]+){0,63}");

    private final AccessRules startRules;
    private volatile AccessRules rules;

    @Activate
    public AccessFilter(BundleContext context, AccessSettings settings) {
        this(new AccessRules(
                isLoopback(context.getProperty(LISTENING)),
                names(WebNames::host, HOSTS, Optional.ofNullable(context.getProperty(HOSTS)).stream()),
                names(WebNames::origin, ORIGINS, Optional.ofNullable(context.getProperty(ORIGINS)).stream())));
        update(settings);
    }

    /** @param rules that apply to every request */
    public AccessFilter(AccessRules rules) {
        this.startRules = rules;
        this.rules = rules;
    }

    /** Applies other settings to later requests; the filter itself stays in place. */
    @Modified
    void update(AccessSettings settings) {
        rules = startRules.with(
                names(WebNames::host, "allow.hosts", Arrays.stream(settings.allow_hosts())),
                names(WebNames::origin, "allow.origins", Arrays.stream(settings.allow_origins())));
    }

    private static Set<String> names(
            Function<String, Optional<String>> parser, String property, Stream<String> values) {
        Set<String> names = new HashSet<>();
        values.flatMap(value -> Arrays.stream(value.split("[\\s,]+")))
                .filter(value -> !value.isEmpty())
                .forEach(value -> parser.apply(value)
                        .ifPresentOrElse(
                                names::add, () -> LOG.warn("{}: {} is not valid and is left out", property, value)));
        return names;
    }

    private static boolean isLoopback(String host) {
        try {
            return host == null || InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        AccessRules current = rules;
        ApiResponse.HEADERS.forEach(response::setHeader);
        try {
            current.requireAdmitted(request);
        } catch (ApiError error) {
            new ApiResponse(response).error(error, ErrorFormat.of(request.getRequestURI()));
            return;
        }
        if (!current.origins().isEmpty()) {
            response.addHeader("Vary", "Origin");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && current.isAllowed(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            if (isPreflight(request)) {
                allow(request, response);
                return;
            }
            response.setHeader("Access-Control-Expose-Headers", "Location, Retry-After, WWW-Authenticate");
        }
        chain.doFilter(request, response);
    }

    /** A CORS preflight request, which browsers send without the token. */
    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    private static void allow(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
        response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null && HEADER_NAMES.matcher(headers).matches()) {
            response.setHeader("Access-Control-Allow-Headers", headers);
        }
        if ("true".equals(request.getHeader("Access-Control-Request-Private-Network"))) {
            response.setHeader("Access-Control-Allow-Private-Network", "true");
        }
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
