package org.atelier.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What of the command line must be known before the framework runs: whether this process is to live on as a server, and
 * where it keeps its data. All else, faults among it, is the command line's own affair.
 *
 * @param serves whether it keeps running, as a server
 * @param data the folder of jobs, logs and the token; absolute
 * @param port on which it listens; 0 for any that is free
 * @param shell whether it runs a shell on this terminal
 */
record Mode(boolean serves, Path data, int port, boolean shell) {

    private static final int MOST_PORT = 65_535;

    /** The level up to which bundles start for a command that ends. */
    static final int COMMAND_LEVEL = Deployment.START_LEVEL;

    /** Above it begin those that other processes speak to. */
    static final int SERVER_LEVEL = 50;

    /** The shell's. */
    static final int SHELL_LEVEL = 60;

    /** The level up to which bundles start. */
    int startLevel() {
        if (!serves) {
            return COMMAND_LEVEL;
        }
        return shell ? SHELL_LEVEL : SERVER_LEVEL;
    }

    Mode withoutShell() {
        return new Mode(serves, data, port, false);
    }

    /**
     * Reads {@code serve [--data DIR] [--port N] [--shell]}. Anything else after {@code serve} makes no server: the command
     * line then shows its help, or what is wrong.
     *
     * @param environment of the process: {@code ATELIER_DATA} is the folder where none is given, then {@code atelier} in
     *     {@code XDG_DATA_HOME}, then {@code .local/share/atelier} of the user
     */
    static Mode of(String[] arguments, Map<String, String> environment, Path user) {
        Mode mode = new Mode(false, standard(environment, user), 0, false);
        if (arguments.length == 0 || !arguments[0].equals("serve")) {
            return mode;
        }
        Mode server = new Mode(true, mode.data, 0, false);
        for (int i = 1; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            boolean separate = option.length == 1 && i + 1 < arguments.length;
            String value = separate ? arguments[i + 1] : option[option.length - 1];
            if (arguments[i].equals("--shell")) {
                server = new Mode(true, server.data, server.port, true);
            } else if (option[0].equals("--data") && isFolder(value)) {
                server = new Mode(true, Path.of(value).toAbsolutePath().normalize(), server.port, server.shell);
                i += separate ? 1 : 0;
            } else if (option[0].equals("--port") && isPort(value)) {
                server = new Mode(true, server.data, Integer.parseInt(value), server.shell);
                i += separate ? 1 : 0;
            } else {
                return mode;
            }
        }
        if (!user.isAbsolute() && server.data.startsWith(user.toAbsolutePath().normalize())) {
            throw new CannotStartException(
                    "the user has no home folder for the server's data; give --data DIR, or set ATELIER_DATA");
        }
        return server;
    }

    private static Path standard(Map<String, String> environment, Path user) {
        String given = environment.getOrDefault("ATELIER_DATA", "");
        String shared = environment.getOrDefault("XDG_DATA_HOME", "");
        Path folder;
        if (!given.isBlank()) {
            folder = Path.of(given);
        } else if (!shared.isBlank() && Path.of(shared).isAbsolute()) {
            folder = Path.of(shared, "atelier");
        } else {
            folder = user.resolve(".local/share/atelier");
        }
        return folder.toAbsolutePath().normalize();
    }

    private static boolean isFolder(String value) {
        try {
            return !value.isBlank() && !value.startsWith("--") && Path.of(value).toAbsolutePath() != null;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isPort(String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= MOST_PORT;
    }
}
