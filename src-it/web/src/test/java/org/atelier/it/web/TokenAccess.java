package org.atelier.it.web;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.health.Doctor;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.server.Server;

/** Calls the API with and without the token, by plain HTTP and with the client. */
public final class TokenAccess implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Server server = caller.server();
        for (String name : List.of(Caller.SERVER, Caller.TOKEN)) {
            results.add(name + " "
                    + PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(caller.data().resolve(name))));
        }
        String token = Files.readString(caller.data().resolve(Caller.TOKEN)).strip();
        results.add("health without a token: " + caller.status(server.address(), "health"));
        results.add("plugins without a token: " + caller.status(server.address(), "plugins"));
        results.add("plugins with another: " + caller.status(server.address(), "plugins", "0".repeat(token.length())));
        results.add("plugins with the token: " + caller.status(server.address(), "plugins", token));

        List<PluginDescription> plugins = server.plugins().plugins();
        boolean same = plugins.equals(caller.service(PluginCatalog.class).plugins());
        results.add(same ? "the plugins of this process" : "others: " + plugins);
        results.add("of attention: "
                + plugins.stream()
                        .filter(plugin -> plugin.kind().equals("attention"))
                        .map(plugin -> plugin.name() + " " + plugin.state())
                        .toList());
        boolean sameFindings = server.doctor().examine().size()
                == caller.service(Doctor.class).examine().size();
        results.add(
                sameFindings
                        ? "as well as this process"
                        : "another's findings: " + server.doctor().examine());
        return results;
    }
}
