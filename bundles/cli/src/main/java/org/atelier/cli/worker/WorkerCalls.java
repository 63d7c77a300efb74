package org.atelier.cli.worker;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchSet;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetAssembler;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.slice.SetDivision;
import org.atelier.api.slice.SliceInputs;
import org.atelier.api.slice.SliceStudio;
import org.atelier.cli.services.BatchServices;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;

/** The commands of a worker. */
final class WorkerCalls {

    private static final String REQUEST = "request";
    private static final String FILES = "files";
    private static final String FOLDER = "folder";
    private static final String NAME = "name";

    private final SliceStudio slices;
    private final SetAssembler assembler;
    private final RequestFormat format;
    private final BatchServices batches;

    WorkerCalls(SliceStudio slices, SetAssembler assembler, RequestFormat format, BatchServices batches) {
        this.slices = slices;
        this.assembler = assembler;
        this.format = format;
        this.batches = batches;
    }

    /**
     * Executes a command.
     *
     * @param fields of the command
     * @return its result
     * @throws AtelierException with every fault, one a line
     */
    JsonObject call(WorkerFields fields, SetListener listener) {
        String command = fields.text("command");
        return switch (command) {
            case "resolve" -> resolve(fields, listener);
            case "invert" -> invert(fields, listener);
            case "generate" -> generate(fields, listener);
            case "assemble" -> assemble(fields);
            default ->
                throw new AtelierException(
                        INVALID_REQUEST,
                        "There is no command '%s'; available: assemble, generate, invert, resolve.".formatted(command));
        };
    }

    private JsonObject resolve(WorkerFields fields, SetListener listener) {
        fields.requireOnly(Set.of("id", "command", "campaign", REQUEST, NAME));
        if (fields.has("campaign") == fields.has(REQUEST)) {
            throw new AtelierException(INVALID_REQUEST, "Give either a campaign, or a request and its name.");
        }
        Batch batch = fields.has("campaign")
                ? batches.format().read(fields.path("campaign"))
                : new Batch(List.of(new BatchSet(fields.text(NAME), format.read(fields.path(REQUEST)))));
        Faults faults = new Faults();
        JsonArray sets = new JsonArray();
        Map<String, String> given = batch.sets().stream().collect(Collectors.toMap(BatchSet::name, this::identity));
        // All faults of all sets are reported before the first context is read, which may take long.
        for (BatchSet set : batches.runner().resolve(batch).sets()) {
            try {
                sets.add(json(set.name(), given.get(set.name()), slices.divide(set.request(), listener)));
            } catch (AtelierException e) {
                if (e.code() == AtelierException.Code.CANCELLED) {
                    throw e;
                }
                faults.add(new AtelierException(e.code(), set.name() + ": " + e.getMessage(), e));
            }
        }
        faults.throwIfAny();
        JsonObject result = new JsonObject();
        result.add("sets", sets);
        return result;
    }

    /** SHA-256 of a request as it is given: the same as long as nobody changes it, whatever it resolves to. */
    private String identity(BatchSet set) {
        return Sha256.of(format.write(set.request()).getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject json(String name, String given, SetDivision division) {
        JsonObject json = new JsonObject();
        json.addProperty(NAME, name);
        json.addProperty("given", given);
        json.add(REQUEST, JsonParser.parseString(format.write(division.request())));
        json.addProperty("images", division.images());
        JsonArray chunks = new JsonArray();
        division.chunks().stream().map(ImageSelection::toString).forEach(chunks::add);
        json.add("chunks", chunks);
        json.addProperty("inversion", division.inversion());
        JsonArray inputs = new JsonArray();
        new TreeMap<>(division.inputs()).forEach((path, sha256) -> {
            JsonObject input = new JsonObject();
            input.addProperty("path", path.toString());
            input.addProperty("sha256", sha256);
            inputs.add(input);
        });
        json.add("inputs", inputs);
        return json;
    }

    private JsonObject invert(WorkerFields fields, SetListener listener) {
        fields.requireOnly(Set.of("id", "command", REQUEST, FILES, "out"));
        Path out = fields.path("out");
        slices.invert(request(fields), fields.pathsByPath(FILES), out, listener);
        JsonObject result = new JsonObject();
        try {
            result.addProperty("bytes", Files.size(out));
        } catch (IOException e) {
            throw new AtelierException(OUTPUT_UNWRITABLE, "%s cannot be read: %s.".formatted(out, IoErrors.of(e)), e);
        }
        return result;
    }

    private JsonObject generate(WorkerFields fields, SetListener listener) {
        fields.requireOnly(Set.of("id", "command", REQUEST, "only", FOLDER, FILES, "inversion"));
        SetOutput output = new SetOutput(
                fields.path(FOLDER),
                null,
                fields.optionalText("only").map(ImageSelection::parse).orElse(null));
        SliceInputs inputs = new SliceInputs(
                fields.pathsByPath(FILES), fields.optionalPath("inversion").orElse(null));
        return json(slices.generate(request(fields), inputs, output, listener));
    }

    private SetRequest request(WorkerFields fields) {
        return format.readBack(fields.object(REQUEST).toString());
    }

    private JsonObject assemble(WorkerFields fields) {
        fields.requireOnly(Set.of("id", "command", "slices", FOLDER));
        return json(assembler.assemble(fields.paths("slices"), fields.path(FOLDER)));
    }

    /** Returns the names of the images, and of all files but {@code set.json}. */
    private static JsonObject json(GeneratedSet set) {
        JsonArray images = new JsonArray();
        Set<String> names = new TreeSet<>();
        set.images().forEach(image -> {
            images.add(name(image.file()));
            names.add(name(image.file()));
        });
        set.controls().forEach(control -> names.add(name(control.file())));
        if (set.contactSheet() != null) {
            names.add(name(set.contactSheet()));
        }
        JsonArray files = new JsonArray();
        names.forEach(files::add);
        JsonObject json = new JsonObject();
        json.add("images", images);
        json.add(FILES, files);
        return json;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
