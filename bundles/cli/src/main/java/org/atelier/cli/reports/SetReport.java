package org.atelier.cli.reports;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.cli.terminal.PrettyJson;

/** Prints the files of a set or of a slice, its folder last. */
public final class SetReport {

    private final GeneratedSet set;

    public SetReport(GeneratedSet set) {
        this.set = set;
    }

    /**
     * Prints text or JSON.
     *
     * @param quiet whether to print only the folder
     */
    public void print(PrintStream out, boolean json, boolean quiet) {
        if (json) {
            printJson(out);
            return;
        }
        if (!quiet) {
            printFiles(out);
        }
        printFolder(out);
    }

    private void printFiles(PrintStream out) {
        for (GeneratedImage image : set.images()) {
            String kind = image.isReconstruction() ? "reference: " : "";
            out.println(name(image.file()) + "  " + kind + image.prompt().replaceAll("\\s+", " "));
        }
        set.controls().forEach(control -> out.println(name(control.file()) + "  control: " + target(control)));
        if (set.contactSheet() != null) {
            out.println(name(set.contactSheet()));
        }
        out.println(name(set.record()));
        if (set.styleCard() != null) {
            out.println("style card: " + absolute(set.styleCard()));
        }
    }

    private void printFolder(PrintStream out) {
        out.println(set.folder().toAbsolutePath().normalize());
    }

    private void printJson(PrintStream out) {
        JsonObject json = new JsonObject();
        json.addProperty("folder", absolute(set.folder()));
        json.addProperty("seed", set.request().seed());
        JsonArray images = new JsonArray();
        set.images().forEach(image -> images.add(json(image)));
        json.add("images", images);
        if (!set.controls().isEmpty()) {
            JsonArray controls = new JsonArray();
            set.controls().forEach(control -> controls.add(json(control)));
            json.add("controls", controls);
        }
        if (set.contactSheet() != null) {
            json.addProperty("contact_sheet", absolute(set.contactSheet()));
        }
        json.addProperty("record", absolute(set.record()));
        if (set.styleCard() != null) {
            json.addProperty("style_card", absolute(set.styleCard()));
        }
        PrettyJson.print(json, out);
    }

    private static JsonObject json(GeneratedImage image) {
        JsonObject json = new JsonObject();
        json.addProperty("index", image.index());
        json.addProperty("file", absolute(image.file()));
        json.addProperty("prompt", image.prompt());
        if (image.isReconstruction()) {
            json.addProperty("reconstruction", true);
        } else {
            json.addProperty("seed", image.seed());
        }
        json.addProperty("sha256", image.sha256());
        return json;
    }

    private static JsonObject json(ControlImage control) {
        JsonObject json = new JsonObject();
        json.addProperty("control", control.kind());
        json.addProperty("file", absolute(control.file()));
        JsonArray images = new JsonArray();
        control.appliesTo().forEach(images::add);
        json.add("applies_to", images);
        json.addProperty("sha256", control.sha256());
        return json;
    }

    private static String target(ControlImage control) {
        List<Integer> numbers = control.appliesTo();
        return "%s, applies to %s %s"
                .formatted(
                        control.kind(),
                        numbers.size() == 1 ? "image" : "images",
                        numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
