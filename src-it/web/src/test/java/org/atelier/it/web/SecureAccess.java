package org.atelier.it.web;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import org.atelier.api.job.Job;
import org.atelier.api.server.Server;

/** Calls an HTTPS server with a certificate that it has signed itself. */
public final class SecureAccess implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Server server = caller.server();
        results.add(server.address().getScheme() + " " + server.address().getHost());
        results.add("token: "
                + Files.readString(caller.data().resolve(Caller.TOKEN)).strip());
        Job job = caller.submit(server.queue(), "secure");
        Caller.awaitGeneration(server.queue(), job);
        results.add("followed: " + Caller.end(Caller.awaitEnd(server.queue(), job)));
        results.add("of who trusts known issuers only: " + ofOthers(server));

        Path file = caller.data().resolve(Caller.SERVER);
        String record = Files.readString(file);
        Files.writeString(file, record.replaceAll("\"certificates\":\\[\"[0-9a-f]{2}", "\"certificates\":[\"00"));
        results.add("another certificate: "
                + Caller.error(() -> caller.servers().of(caller.data()).queue().jobs()));
        Files.writeString(file, record);
        return results;
    }

    private static String ofOthers(Server server) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                server.address().resolve("/v1/health").toURL().openConnection();
        try {
            return "status " + connection.getResponseCode();
        } catch (SSLException e) {
            return "no connection";
        } finally {
            connection.disconnect();
        }
    }
}
