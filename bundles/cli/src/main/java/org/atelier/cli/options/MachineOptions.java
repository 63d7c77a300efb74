package org.atelier.cli.options;

import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** On what, and in which portions, the network computes. */
public final class MachineOptions {

    @Option(
            names = "--chunk",
            paramLabel = "N",
            description = "Images that pass the network together. Default: ${bundle:default.chunk}.")
    private Integer chunk;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "float32, bfloat16 or float16. Default: ${bundle:default.dtype}.")
    private String dtype;

    @Option(names = "--device", paramLabel = "NAME", description = "cpu or cuda:N. Default: ${bundle:default.device}.")
    private String device;

    public void into(SetRequestBuilder request) {
        Given.pass(chunk, request::chunk);
        Given.pass(dtype, request::dtype);
        Given.pass(device, request::device);
    }
}
