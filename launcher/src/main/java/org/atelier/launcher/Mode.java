package org.atelier.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The part of the command line that must be known before the framework runs: whether this process is a server, and its data
 * folder. Everything else, including errors, is left to the command line.
 *
 * @param serves whether the process is a server
 * @param data the absolute path of the folder of jobs, logs and the token
 * @param port the port to listen on; 0 for any free port
 * @param shell whether to run a shell on this terminal
 */
record Mode(boolean serves, Path data, int port, boolean shell) {

    private static final int MAX_PORT = 65_535;

    /** The start level of a command. */
    static final int COMMAND_LEVEL = Deployment.START_LEVEL;

    /** The start level of a server, with the bundles that serve other processes. */
    static final int SERVER_LEVEL = 50;

    /** The start level of a server with a shell. */
    static final int SHELL_LEVEL = 60;

    /** Returns the start level of the framework. */
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
     * Parses {@code serve [--data DIR] [--port N] [--shell]}. With any other argument after {@code serve} the process is not a
     * server; the command line then shows its help or an error.
     *
     * @param environment the environment of the process: the default folder is {@code ATELIER_DATA}, else {@code atelier} in
     *     {@code XDG_DATA_HOME}, else {@code .local/share/atelier} of the user
     */
    static Mode of(String[] arguments, Map<String, String> environment, Path user) {
        Mode mode = new Mode(false, defaultData(environment, user), 0, false);
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

    private static Path defaultData(Map<String, String> environment, Path user) {
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
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= MAX_PORT;
    }
}
