package org.atelier.cli.services;

import java.nio.file.Path;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.SetEvaluator;
import org.atelier.api.explain.Explainer;
import org.atelier.api.health.Doctor;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginProjects;

/**
 * The services that the commands use.
 *
 * @param sets generates and describes sets
 * @param batches reads and generates batches
 * @param inspector reads how an image was made
 * @param models lists, checks and downloads models
 * @param evaluator compares generated sets
 * @param measurer measures images
 * @param explainer explains the method on a set
 * @param plugins lists plugins and their options
 * @param projects creates projects of plugins
 * @param doctor finds faults of the installation
 * @param worker divides sets for worker processes
 * @param connection connects to servers
 * @param demoInputs the folder of the inputs of the demonstration
 */
public record CommandServices(
        SetServices sets,
        BatchServices batches,
        ImageInspector inspector,
        Models models,
        Evaluator evaluator,
        SetEvaluator measurer,
        Explainer explainer,
        PluginCatalog plugins,
        PluginProjects projects,
        Doctor doctor,
        WorkerServices worker,
        ServerConnection connection,
        Path demoInputs) {}
