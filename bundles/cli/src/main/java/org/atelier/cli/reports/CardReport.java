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

/** What a style card says. */
public record CardReport(StyleCard card, RequestFormat format) {

    private static final int ENOUGH = 12;

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
            fields.line("follows", "image 0 of its set, generated again with each: " + first.promptOf(0));
        } else {
            first.references().images().forEach(fields::reference);
            fields.line("holds", trajectories() + " through every step, and needs no image");
        }
        fields.line("first generated", prompts());
        fields.line("seed", Long.toString(first.seed()));
        fields.line("size", first.sampling().width() + " x " + first.sampling().height());
        fields.generation(first, first.sharing().attentionOptions());
        fields.line("computed", first.execution().dtype());
        terminal.out().println("To generate in this hand: atelier generate PROMPT... --style-card " + name);
    }

    private String trajectories() {
        return card.trajectories() == 1 ? "the reference" : card.trajectories() + " references";
    }

    private String prompts() {
        SetRequest first = card.request();
        String named = first.items().stream()
                .limit(ENOUGH)
                .map(item -> item.prompt().replaceAll("\\s+", " ") + " (seed " + item.seed() + ")")
                .collect(Collectors.joining("\n"));
        int more = first.items().size() - ENOUGH;
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
