package org.atelier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/**
 * A program that speaks the protocol of {@code atelier worker} and writes small files in place of images. A campaign is the
 * JSON of its result of {@code resolve}. A request says what goes wrong: {@code fail_at}, {@code die_at} and {@code hang_at}
 * are numbers of images; with {@code once}, a file, it goes wrong only while that file is absent. {@code log} is a file that
 * gets a line for each command.
 */
final class FakeWorker {

    private FakeWorker() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("{\"event\":\"ready\",\"protocol\":1,\"version\":\"fake\"}");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode command = Json.parse(line);
                ObjectNode event = answer(command);
                event.put("id", command.path("id").asLong());
                System.out.println(Json.line(event));
            }
        }
    }

    private static ObjectNode answer(JsonNode command) throws Exception {
        return switch (command.path("command").asText()) {
            case "resolve" -> resolve(command);
            case "invert" -> invert(command);
            case "generate" -> generate(command);
            case "assemble" -> assemble(command);
            default -> throw new IllegalArgumentException(command.toString());
        };
    }

    private static ObjectNode result() {
        return Json.object().put("event", "result");
    }

    private static ObjectNode error(String code, String message) {
        return Json.object().put("event", "error").put("code", code).put("message", message);
    }

    private static ObjectNode resolve(JsonNode command) throws IOException {
        JsonNode campaign =
                Json.parse(Files.readString(Path.of(command.path("campaign").asText())));
        if (campaign.has("fault")) {
            return error("invalid_request", campaign.path("fault").asText());
        }
        ObjectNode result = result();
        result.set("sets", campaign.path("sets"));
        return result;
    }

    private static ObjectNode invert(JsonNode command) throws IOException {
        JsonNode request = command.path("request");
        log(request, "invert");
        Files.writeString(Path.of(command.path("out").asText()), "inversion of " + inputs(command));
        return result().put("bytes", 1);
    }

    private static ObjectNode generate(JsonNode command) throws Exception {
        JsonNode request = command.path("request");
        boolean whole = !command.has("only");
        int count = request.path("images").asInt();
        ImageNumbers only = ImageNumbers.parse(
                whole ? "0-" + (count - 1) : command.path("only").asText());
        log(request, "generate " + request.path("seed").asText() + " " + only);
        if (goesWrong(request, "die_at", only)) {
            System.err.println("no memory left");
            Runtime.getRuntime().halt(137);
        }
        if (goesWrong(request, "hang_at", only)) {
            new CountDownLatch(1).await();
        }
        if (goesWrong(request, "fail_at", only)) {
            return error("out_of_memory", "Image " + request.path("fail_at").asText() + " needs more memory.");
        }
        Path folder = Files.createDirectories(Path.of(command.path("folder").asText()));
        String inversion = command.has("inversion")
                ? Files.readString(Path.of(command.path("inversion").asText()))
                : "none";
        Set<String> images = new TreeSet<>();
        for (int number : only.sorted()) {
            String name = "%03d.png".formatted(number);
            Files.writeString(
                    folder.resolve(name),
                    "image %d of seed %s, %s, %s, %s threads"
                            .formatted(
                                    number,
                                    request.path("seed").asText(),
                                    inputs(command),
                                    inversion,
                                    System.getenv("OMP_NUM_THREADS")));
            images.add(name);
        }
        Files.writeString(folder.resolve("set.json"), whole ? record(images) : only.toString());
        if (whole) {
            Files.writeString(folder.resolve("contact-sheet.png"), images.toString());
        }
        return result();
    }

    private static boolean goesWrong(JsonNode request, String fault, ImageNumbers images) throws IOException {
        if (!request.has(fault) || !images.contains(request.path(fault).asInt())) {
            return false;
        }
        if (!request.has("once")) {
            return true;
        }
        Path marker = Path.of(request.path("once").asText());
        if (Files.exists(marker)) {
            return false;
        }
        Files.createFile(marker);
        return true;
    }

    /** The content of the input files, where the command says that they are. */
    private static String inputs(JsonNode command) throws IOException {
        List<String> contents = new ArrayList<>();
        for (JsonNode input : command.path("request").path("inputs")) {
            contents.add(Files.readString(
                    Path.of(command.path("files").path(input.asText()).asText())));
        }
        return contents.toString();
    }

    private static String record(Set<String> images) {
        ObjectNode record = Json.object();
        ArrayNode names = record.putArray("images");
        images.forEach(names::add);
        return Json.pretty(record);
    }

    private static ObjectNode assemble(JsonNode command) throws IOException {
        Path whole = Files.createDirectories(Path.of(command.path("folder").asText()));
        Set<String> images = new TreeSet<>();
        for (JsonNode slice : command.path("slices")) {
            Path folder = Path.of(slice.asText());
            for (int number : ImageNumbers.parse(Files.readString(folder.resolve("set.json")))
                    .sorted()) {
                String name = "%03d.png".formatted(number);
                Files.copy(folder.resolve(name), whole.resolve(name));
                images.add(name);
            }
        }
        Files.writeString(whole.resolve("contact-sheet.png"), images.toString());
        Files.writeString(whole.resolve("set.json"), record(images));
        return result();
    }

    private static void log(JsonNode request, String line) throws IOException {
        if (request.has("log")) {
            Files.writeString(
                    Path.of(request.path("log").asText()),
                    ProcessHandle.current().pid() + " " + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
