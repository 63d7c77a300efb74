package org.atelier.cli.commands;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The errors of a command line, each as one sentence. */
final class UsageErrors {

    private UsageErrors() {}

    /** Returns the errors of a command and its subcommand, in order. */
    static List<ParameterException> of(ParseResult parsed) {
        List<ParameterException> errors = new ArrayList<>();
        for (ParseResult each = parsed; each != null; each = each.hasSubcommand() ? each.subcommand() : null) {
            for (Exception error : each.errors()) {
                errors.add(
                        error instanceof ParameterException known
                                ? known
                                : new ParameterException(each.commandSpec().commandLine(), error.getMessage(), error));
            }
            repeatedKeys(each, errors);
        }
        return errors;
    }

    /** Adds an error for each key of an option KEY=VALUE that is given twice, since the first value would have no effect. */
    private static void repeatedKeys(ParseResult parsed, List<ParameterException> errors) {
        for (OptionSpec option : parsed.matchedOptions()) {
            Set<String> keys = new HashSet<>();
            Set<String> repeated = new HashSet<>();
            for (String value : option.typeInfo().isMap() ? option.originalStringValues() : List.<String>of()) {
                String key = value.split("=", 2)[0];
                if (!keys.add(key) && repeated.add(key)) {
                    errors.add(new ParameterException(
                            parsed.commandSpec().commandLine(),
                            "%s %s is given more than once; give it once".formatted(option.longestName(), key)));
                }
            }
        }
    }

    /**
     * Returns the sentence of an error. It names an option as the user wrote it.
     *
     * @param arguments the whole command line
     */
    static String sentence(ParameterException error, List<String> arguments) {
        String message = error.getMessage();
        if (error.getArgSpec() instanceof OptionSpec option) {
            String longest = option.longestName();
            message = message.replace("'" + longest + "'", "'" + written(option, arguments) + "'");
        }
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message += ". Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        return message.replaceAll("\\s+", " ") + " ("
                + error.getCommandLine().getCommandSpec().qualifiedName() + " --help)";
    }

    /** Returns the one of an option's names that occurs in the command line. */
    private static String written(OptionSpec option, List<String> arguments) {
        for (String name : option.names()) {
            if (arguments.stream().anyMatch(argument -> argument.equals(name) || argument.startsWith(name + "="))) {
                return name;
            }
        }
        return option.longestName();
    }
}
