package org.atelier.cli.reports;

import static org.atelier.api.AtelierException.Code.MODEL_NOT_FOUND;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.KnownModel;
import org.atelier.api.model.ModelDescription;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.Terminal;

/** Prints the installed models. */
public final class ModelList {

    private final Models models;
    private final Terminal terminal;

    public ModelList(Models models, Terminal terminal) {
        this.models = models;
        this.terminal = terminal;
    }

    /** Prints all installed models and, unless as JSON, the names of models that can be downloaded. */
    public void print(boolean json) {
        List<ModelReport> reports = reports();
        if (json) {
            printJson(reports);
            return;
        }
        if (reports.isEmpty()) {
            terminal.out().println("No model is installed.");
        }
        reports.forEach(report -> report.print(terminal));
        List<String> absent = absent(reports);
        if (!absent.isEmpty()) {
            terminal.print("Download with \"atelier models pull NAME\": " + String.join(", ", absent) + ".");
        }
    }

    /** Prints one model with all details. */
    public void print(String name, boolean json) {
        List<ModelReport> all = reports();
        List<ModelReport> chosen = all.stream()
                .filter(report -> report.model().name().equals(name)
                        || report.model().repository().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            String installed = all.stream().map(report -> report.model().name()).collect(Collectors.joining(", "));
            throw new AtelierException(
                    MODEL_NOT_FOUND, "There is no model '%s'; available: %s.".formatted(name, installed));
        }
        if (json) {
            printJson(chosen);
        } else {
            chosen.forEach(report -> report.printAll(terminal));
        }
    }

    private List<ModelReport> reports() {
        List<ModelDescription> generation = models.catalog().models();
        return models.files().installed().stream()
                .map(model -> new ModelReport(
                        model,
                        generation.stream()
                                .filter(generates -> generates.folder().equals(model.folder()))
                                .findFirst(),
                        models.check().faults(model)))
                .toList();
    }

    private List<String> absent(List<ModelReport> installed) {
        List<String> names = installed.stream()
                .map(ModelReport::model)
                .map(InstalledModel::name)
                .toList();
        return models.hub().known().stream()
                .map(KnownModel::name)
                .filter(name -> !names.contains(name))
                .toList();
    }

    private void printJson(List<ModelReport> reports) {
        JsonArray all = new JsonArray();
        reports.forEach(report -> all.add(report.json()));
        PrettyJson.print(all, terminal.out());
    }
}
