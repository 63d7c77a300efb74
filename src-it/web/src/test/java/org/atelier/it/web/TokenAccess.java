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

/** Calls with the token and without, by plain HTTP and as the client does. */
public final class DoorIsOpen implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> told = new ArrayList<>();
        Server server = caller.server();
        for (String name : List.of(Caller.SERVER, Caller.TOKEN)) {
            told.add(name + " "
                    + PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(caller.data().resolve(name))));
        }
        String token = Files.readString(caller.data().resolve(Caller.TOKEN)).strip();
        told.add("health without a token: " + caller.status(server.address(), "health"));
        told.add("plugins without a token: " + caller.status(server.address(), "plugins"));
        told.add("plugins with another: " + caller.status(server.address(), "plugins", "0".repeat(token.length())));
        told.add("plugins with the token: " + caller.status(server.address(), "plugins", token));

        List<PluginDescription> plugins = server.plugins().plugins();
        boolean same = plugins.equals(caller.service(PluginCatalog.class).plugins());
        told.add(same ? "the plugins of this process" : "others: " + plugins);
        told.add("of attention: "
                + plugins.stream()
                        .filter(plugin -> plugin.kind().equals("attention"))
                        .map(plugin -> plugin.name() + " " + plugin.state())
                        .toList());
        boolean asIll = server.doctor().examine().size()
                == caller.service(Doctor.class).examine().size();
        told.add(
                asIll
                        ? "as well as this process"
                        : "another's findings: " + server.doctor().examine());
        return told;
    }
}
