package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.Faults;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The two references whose blends are compared. */
public final class ComparedReferences {

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "A PNG, JPEG or WebP image whose style the sets take; give two.")
    private List<String> files = List.of();

    @Option(
            names = "--reference-prompt",
            paramLabel = "TEXT",
            description = "The prompt of a reference; one for each, in order.")
    private List<String> prompts = List.of();

    /**
     * Sets the references.
     *
     * @param folder the folder against which relative names are resolved
     * @param faults collects another number of references, and weights
     */
    public void into(SetRequestBuilder request, Path folder, Faults faults) {
        faults.require(
                files.size() == 2,
                "The comparison of blends needs two references, not %d; give --reference twice."
                        .formatted(files.size()));
        faults.require(
                prompts.size() <= files.size(),
                "There are %d --reference-prompt for %d --reference; give at most one for each."
                        .formatted(prompts.size(), files.size()));
        List<ReferenceFile> references = new ArrayList<>();
        for (String file : files) {
            faults.require(
                    !ReferenceOptions.hasWeight(file),
                    "The weights of the references are 0.1 to 0.9 here; give '%s' without one.".formatted(file));
            references.add(prompted(ReferenceOptions.parsed(file, folder), references.size()));
        }
        request.references(references);
    }

    private ReferenceFile prompted(ReferenceFile reference, int number) {
        return number < prompts.size() ? new ReferenceFile(reference.file(), prompts.get(number), 1, null) : reference;
    }
}
