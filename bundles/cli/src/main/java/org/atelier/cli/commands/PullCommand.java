package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullRequest;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.PullProgressReporter;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads a model. */
@Command(
        name = "pull",
        header =
                "Downloads a model into the cache shared with huggingface_hub; only the files that are needed and missing.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier models pull [--variant NAME] [--dtype TYPE] NAME",
        footer = {
            "",
            "HF_TOKEN, HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE and HF_HUB_DISABLE_SYMLINKS are used as",
            "in huggingface_hub. An interrupted download resumes when the command is run again.",
            "",
            "Examples:",
            "  atelier models pull whisper-small",
            "  atelier models pull sdxl-lightning",
            "  atelier models pull ByteDance/SDXL-Lightning:sdxl_lightning_2step.safetensors",
            "  atelier models pull stabilityai/stable-diffusion-xl-base-1.0 --variant fp16"
        })
final class PullCommand implements Callable<Integer> {

    private final ModelHub hub;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "A name from the end of \"atelier models list\", or org/name, or org/name@revision, or org/name:file.safetensors.")
    private String name;

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "Variant of safetensors files; fp16 takes half the space. Default: the files without a variant.")
    private String variant;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "fp32",
            description = "Type of ONNX files: fp32, fp16, int8, uint8, q8, q4, q4f16 or bnb4. Default: fp32.")
    private String dtype;

    PullCommand(ModelHub hub, Terminal terminal, Cancellation cancellation) {
        this.hub = hub;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        try (PullProgressReporter reporter = new PullProgressReporter("Downloading", terminal, cancellation)) {
            Path folder = hub.pull(new PullRequest(name, variant, dtype), reporter);
            terminal.out().println(folder);
        }
        return ExitCode.DONE;
    }
}
