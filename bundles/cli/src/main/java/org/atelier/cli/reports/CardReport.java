package org.atelier.cli.reports;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.cli.terminal.Fields;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.Terminal;

/** Prints a style card. */
public record CardReport(StyleCard card, RequestFormat format) {

    private static final int MAX_PROMPTS = 12;

    public void print(Terminal terminal) {
        SetRequest first = card.request();
        Fields fields = new Fields(terminal);
        Path name = Path.of(card.file().file()).getFileName();
        fields.line("style card", name + ", written by Atelier " + card.version());
        fields.line("model", "%s, identity %s".formatted(card.model(), card.modelIdentity()));
        if (!first.style().isBlank()) {
            fields.line("style", first.style());
        }
        if (first.negativePrompt() != null) {
            fields.line("negative prompt", first.negativePrompt());
        }
        if (card.trajectories() == 0) {
            fields.line("reference", "image 0 of the first set, generated again in each new set: " + first.promptOf(0));
        } else {
            first.references().images().forEach(fields::reference);
            fields.line("contains", "the latents of " + trajectories() + " at every step; no image file is needed");
        }
        fields.line("first set", prompts());
        fields.line("seed", Long.toString(first.seed()));
        fields.line("size", first.sampling().width() + " x " + first.sampling().height());
        fields.generation(first, first.sharing().attentionOptions());
        fields.line("dtype", first.execution().dtype());
        terminal.out().println("To generate in this style: atelier generate PROMPT... --style-card " + name);
    }

    private String trajectories() {
        return card.trajectories() == 1 ? "the reference" : card.trajectories() + " references";
    }

    private String prompts() {
        SetRequest first = card.request();
        String named = first.items().stream()
                .limit(MAX_PROMPTS)
                .map(item -> item.prompt().replaceAll("\\s+", " ") + " (seed " + item.seed() + ")")
                .collect(Collectors.joining("\n"));
        int more = first.items().size() - MAX_PROMPTS;
        return more > 0 ? named + "\nand " + more + " more" : named;
    }

    public void printJson(PrintStream out) {
        JsonObject json = new JsonObject();
        json.addProperty("file", card.file().file());
        json.addProperty("sha256", card.file().sha256());
        json.addProperty("version", card.version());
        json.addProperty("model", card.model());
        json.addProperty("model_identity", card.modelIdentity());
        json.addProperty("trajectories", card.trajectories());
        json.add("request", JsonParser.parseString(format.write(card.request())));
        JsonObject all = new JsonObject();
        all.add("style_card", json);
        PrettyJson.print(all, out);
    }
}
