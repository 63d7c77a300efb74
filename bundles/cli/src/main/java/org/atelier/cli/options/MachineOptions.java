package org.atelier.cli.options;

import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The device, data type and chunk size. */
public final class MachineOptions {

    @Option(
            names = "--chunk",
            paramLabel = "N",
            description = "Images per forward pass of the network. Default: ${bundle:default.chunk}.")
    private Integer chunk;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "The data type: float32, bfloat16 or float16. Default: ${bundle:default.dtype}.")
    private String dtype;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "The device: cpu or cuda:N. Default:" + " ${bundle:default.device}.")
    private String device;

    public void into(SetRequestBuilder request) {
        OptionValue.ifGiven(chunk, request::chunk);
        OptionValue.ifGiven(dtype, request::dtype);
        OptionValue.ifGiven(device, request::device);
    }
}
