package org.atelier.web.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The hosts and origins that are allowed in addition to the options of {@code atelier serve}. */
@ObjectClassDefinition(name = "HTTP server")
public @interface AccessSettings {

    @AttributeDefinition(
            name = "Allowed hosts",
            description =
                    "Names by which callers may address the server besides its own, such as host.docker.internal.")
    String[] allow_hosts() default {};

    @AttributeDefinition(
            name = "Allowed origins",
            description =
                    "Origins whose web pages may call the server, such as http://localhost:3000; none by default.")
    String[] allow_origins() default {};
}
