package org.atelier.cli.commands;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.atelier.api.Plugins;
import org.atelier.api.batch.BatchFormat;
import org.atelier.api.batch.BatchRunner;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.SetEvaluator;
import org.atelier.api.explain.Explainer;
import org.atelier.api.health.Doctor;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelCheck;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.ModelInspector;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginProjects;
import org.atelier.api.server.ServerEndpoint;
import org.atelier.api.server.Servers;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.RequiredModels;
import org.atelier.api.set.SetAssembler;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.Studio;
import org.atelier.api.set.StyleCards;
import org.atelier.api.slice.SliceStudio;
import org.atelier.cli.services.BatchServices;
import org.atelier.cli.services.Browser;
import org.atelier.cli.services.CommandServices;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.ServerCalls;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.services.WorkerServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.StandardStream;
import org.atelier.cli.terminal.Terminal;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line as an OSGi service for the launcher: takes arguments, returns the exit code. Stopping the component cancels the running
 * command.
 */
@Component(service = ToIntFunction.class, property = Plugins.NAME + "=command-line")
public final class AtelierCommandLine implements ToIntFunction<String[]> {

    private static final Logger LOG = LoggerFactory.getLogger(AtelierCommandLine.class);

    /** Longer than one forward pass of a large network on a slow machine. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(50);

    /** System property: columns of the terminal on standard output; set by {@code bin/atelier}, as Java cannot determine it. */
    private static final String OUT_COLUMNS = "atelier.columns.out";

    /** System property: columns of the terminal on standard error. */
    private static final String ERR_COLUMNS = "atelier.columns.err";

    /** Framework property: the folder of the distribution; set by the launcher. */
    private static final String HOME = "atelier.home";

    /** Framework property: the data folder of a server; set by the launcher. */
    private static final String DATA = "atelier.data";

    private final StandardStream out = new StandardStream(FileDescriptor.out);
    private final StandardStream err = new StandardStream(FileDescriptor.err);
    private final Cancellation cancellation = new Cancellation();
    private final Commands commands;

    @Activate
    public AtelierCommandLine(
            @Reference Studio studio,
            @Reference SetAssembler assembler,
            @Reference SliceStudio slices,
            @Reference BatchFormat campaigns,
            @Reference BatchRunner batches,
            @Reference RequestFormat format,
            @Reference ImageInspector inspector,
            @Reference StyleCards cards,
            @Reference ContextKinds kinds,
            @Reference StrengthPresets presets,
            @Reference ModelCatalog catalog,
            @Reference Evaluator evaluator,
            @Reference SetEvaluator measurer,
            @Reference Explainer explainer,
            @Reference ModelFiles files,
            @Reference ModelCheck check,
            @Reference ModelInspector inspected,
            @Reference ModelHub hub,
            @Reference RequiredModels required,
            @Reference PluginCatalog plugins,
            @Reference PluginProjects projects,
            @Reference Doctor doctor,
            @Reference Servers servers,
            BundleContext context) {
        Terminal terminal = new Terminal(
                Path.of(""),
                out.text(),
                Integer.getInteger(OUT_COLUMNS, 0),
                err.text(),
                Integer.getInteger(ERR_COLUMNS, 0));
        this.commands = new Commands(
                new CommandServices(
                        new SetServices(studio, assembler, format, cards, kinds, presets),
                        new BatchServices(campaigns, batches),
                        inspector,
                        new Models(catalog, files, check, inspected, hub, required),
                        evaluator,
                        measurer,
                        explainer,
                        plugins,
                        projects,
                        doctor,
                        new WorkerServices(slices, System.in),
                        new ServerConnection(
                                Path.of(context.getProperty(DATA)),
                                servers,
                                () -> endpointAddress(context),
                                new ServerCalls(terminal, cancellation),
                                Browser.ofThisUser()),
                        Path.of(context.getProperty(HOME), "demo")),
                terminal,
                cancellation,
                version(context.getBundle().getVersion()));
    }

    /**
     * The endpoint of this process if it is a server; the service is registered after this component and may be unregistered at any time.
     */
    private static Optional<URI> endpointAddress(BundleContext context) {
        return Optional.ofNullable(context.getServiceReference(ServerEndpoint.class))
                .map(context::getService)
                .map(ServerEndpoint::address);
    }

    @Override
    public int applyAsInt(String[] arguments) {
        cancellation.began();
        try {
            int code = commands.run(arguments);
            return code == ExitCode.DONE ? outputCode() : code;
        } finally {
            cancellation.ended();
        }
    }

    /** A result that could not be written is not a success. */
    private int outputCode() {
        Optional<IOException> fault = out.fault().or(err::fault);
        if (fault.isEmpty()) {
            return ExitCode.DONE;
        }
        if (String.valueOf(fault.get().getMessage()).contains("Broken pipe")) {
            return ExitCode.BROKEN_PIPE;
        }
        err.text()
                .println("atelier: The output is incomplete, for it cannot be written: "
                        + fault.get().getMessage() + "; free space there, or choose another file.");
        return ExitCode.OUTPUT;
    }

    @Deactivate
    void stop() throws InterruptedException {
        if (!cancellation.request(STOP_TIMEOUT)) {
            LOG.warn("The command did not stop within {} seconds", STOP_TIMEOUT.toSeconds());
        }
    }

    private static String version(Version version) {
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }
}
