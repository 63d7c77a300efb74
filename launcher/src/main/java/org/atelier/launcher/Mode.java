package org.atelier.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The part of the command line that must be known before the framework runs: whether this process is a server, where it
 * listens, and its data folder. Everything else, including errors, is left to the command line.
 *
 * @param serves whether the process is a server
 * @param data the absolute path of the folder of jobs, logs and the token
 * @param listening where it listens and whom it admits
 * @param shell whether to run a shell on this terminal
 */
record Mode(boolean serves, Path data, ListenOptions listening, boolean shell) {

    /** The start level of a command. */
    static final int COMMAND_LEVEL = Deployment.START_LEVEL;

    /** The start level of a server, with the bundles that serve other processes. */
    static final int SERVER_LEVEL = 50;

    /** The start level of a server with a shell. */
    static final int SHELL_LEVEL = 60;

    private static final String DATA = "--data";
    private static final String PORT = "--port";
    private static final String HOST = "--host";
    private static final String KEYSTORE = "--tls-keystore";
    private static final String ALLOW_HOST = "--allow-host";
    private static final String ALLOW_ORIGIN = "--allow-origin";
    private static final String SHELL = "--shell";
    private static final String INSECURE = "--insecure";
    private static final String OPEN = "--open";

    private static final Set<String> FLAGS = Set.of(SHELL, INSECURE, OPEN);

    /** The options with a value, and what the launcher accepts as one. */
    private static final Map<String, Predicate<String>> OPTIONS = Map.of(
            DATA,
            Mode::isPath,
            PORT,
            Listener::isPort,
            HOST,
            Mode::isText,
            ListenOptions.TOKEN_FILE,
            Mode::isPath,
            KEYSTORE,
            Mode::isPath,
            ListenOptions.PASSWORD_FILE,
            Mode::isPath,
            ALLOW_HOST,
            Mode::isText,
            ALLOW_ORIGIN,
            Mode::isText);

    private static final Set<String> REPEATABLE = Set.of(ALLOW_HOST, ALLOW_ORIGIN);

    /** Returns the start level of the framework. */
    int startLevel() {
        if (!serves) {
            return COMMAND_LEVEL;
        }
        return shell ? SHELL_LEVEL : SERVER_LEVEL;
    }

    Mode withoutShell() {
        return new Mode(serves, data, listening, false);
    }

    /**
     * Parses the options of {@code serve}. With any other argument after {@code serve}, or an invalid value, the process is not
     * a server; the command line then shows its help or an error.
     *
     * @param environment the environment of the process: the default folder is {@code ATELIER_DATA}, else {@code atelier} in
     *     {@code XDG_DATA_HOME}, else {@code .local/share/atelier} of the user; {@code ATELIER_TOKEN} is a token and
     *     {@code ATELIER_TLS_PASSWORD} the password of a keystore
     */
    static Mode of(String[] arguments, Map<String, String> environment, Path user) {
        Path defaultData = defaultData(environment, user);
        Mode command = new Mode(false, defaultData, ListenOptions.onPort(0), false);
        if (arguments.length == 0 || !arguments[0].equals("serve")) {
            return command;
        }
        Map<String, List<String>> given = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            boolean separate = option.length == 1 && OPTIONS.containsKey(option[0]) && i + 1 < arguments.length;
            String value = separate ? arguments[i + 1] : option[option.length - 1];
            boolean flag = FLAGS.contains(arguments[i]);
            boolean valid = flag
                    || ((separate || option.length == 2)
                            && OPTIONS.getOrDefault(option[0], none -> false).test(value));
            if (!valid || (given.containsKey(option[0]) && !flag && !REPEATABLE.contains(option[0]))) {
                return command;
            }
            given.computeIfAbsent(option[0], name -> new ArrayList<>()).add(value);
            i += separate ? 1 : 0;
        }
        Path data = path(given, DATA).orElse(defaultData);
        if (!user.isAbsolute() && data.startsWith(user.toAbsolutePath().normalize())) {
            throw new CannotStartException(
                    "the user has no home folder for the server's data; give --data DIR, or set ATELIER_DATA");
        }
        return new Mode(true, data, listening(given, environment), given.containsKey(SHELL));
    }

    private static ListenOptions listening(Map<String, List<String>> given, Map<String, String> environment) {
        return new ListenOptions(
                first(given, HOST).orElse("127.0.0.1"),
                first(given, PORT).map(Integer::valueOf).orElse(null),
                secret(given, ListenOptions.TOKEN_FILE, ListenOptions.TOKEN_VARIABLE, environment),
                path(given, KEYSTORE).orElse(null),
                secret(given, ListenOptions.PASSWORD_FILE, ListenOptions.PASSWORD_VARIABLE, environment),
                given.containsKey(INSECURE),
                given.getOrDefault(ALLOW_HOST, List.of()),
                given.getOrDefault(ALLOW_ORIGIN, List.of()));
    }

    private static Secret secret(
            Map<String, List<String>> given, String option, String variable, Map<String, String> environment) {
        return new Secret(option, path(given, option).orElse(null), variable, environment.get(variable));
    }

    private static Optional<String> first(Map<String, List<String>> given, String option) {
        return given.getOrDefault(option, List.of()).stream().findFirst();
    }

    private static Optional<Path> path(Map<String, List<String>> given, String option) {
        return first(given, option).map(name -> Path.of(name).toAbsolutePath().normalize());
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

    private static boolean isText(String value) {
        return !value.isBlank() && !value.startsWith("--");
    }

    private static boolean isPath(String value) {
        try {
            return isText(value) && Path.of(value).toAbsolutePath() != null;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
